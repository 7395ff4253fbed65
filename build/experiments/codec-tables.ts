/**
 * The tables of the codec: every way to store a matrix of counts, as Markdown. Sizes hold the matrix alone, without names.
 *
 *   node build/experiments/codec-tables.ts patch DATA SEED [few]
 *   node build/experiments/codec-tables.ts whole DATA SEED WAY[:key=value,…] …
 *
 * `patch`: 1,000 genes × 500 cells drawn at random, as in the paper; with `few` only the rows that are averaged over seeds.
 * `whole`: the whole matrix by general compressors and by each WAY of `lacuna codec encode --with`; `whole-only` leaves the former out.
 * The seed is that of the patch and of all training.
 */
import { statSync } from 'node:fs';
import { resolveCodecSettings } from '../../main/codec/codec-settings.ts';
import { loadCounts } from '../../main/codec/load-counts.ts';
import type { CodecRow } from '../../main/codec/report/codec-row.ts';
import { codecRow } from '../../main/codec/report/codec-rows.ts';
import { alwaysOneRow, generalRows } from '../../main/codec/report/general-rows.ts';
import { codecVerdict } from '../../main/codec/report/verdict.ts';
import { samplePatch } from '../../main/codec/sample-patch.ts';
import type { CsrMatrix } from '../../main/dataset/csr-matrix.ts';
import { startEngine } from '../../main/engine/start-engine.ts';
import { openPath } from '../../main/formats/registry.ts';

type Given = Record<string, string | number | boolean>;

const [what, path, seedText, ...rest] = process.argv.slice(2);
const seed = Number(seedText);
const source = await openPath(path);
const whole = await loadCounts(source);
source.close();

if (what === 'patch') await patchTable(rest.includes('few'));
else await wholeTable();
process.exit(0);

async function patchTable(few: boolean): Promise<void> {
  const { matrix } = await samplePatch(whole, 1000, 500, seed);
  describe(matrix);
  const rows = [...(await generalRows(matrix)), alwaysOneRow(matrix)];
  rows.forEach(print);
  const add = async (title: string, preset: string, given: Given, of: CsrMatrix = matrix): Promise<void> => {
    const row = await measured(title, of, preset, given);
    if (of === matrix) rows.push(row);
  };
  const net: Given = { width: 64, epochs: 150 };
  await add('genes and library sizes, no network', 'genes', {});
  await add('count network, 1 factor', 'model', { factors: 1 });
  await add('count network, 2 factors', 'model', { factors: 2 });
  await add('10 × 64 sine layers, no normalisation', 'sine', { ...net, normalisation: 'none' });
  await add('10 × 64, divided by the largest', 'sine', { ...net, normalisation: 'max' });
  await add('10 × 64, logarithms', 'sine', net);
  await add('10 × 16, logarithms, weights of 8 bits, misses stored', 'sine-lossless', { epochs: 150 });
  if (!few) {
    await add('10 × 64, logarithms, learning rate 0.002', 'sine', { ...net, learningRate: 0.002 });
    await add('10 × 160, logarithms', 'sine', { ...net, width: 160 });
    await add('10 × 64, logarithms, weights of 8 bits', 'sine', { ...net, weightBits: 8 });
    await add('10 × 64, logarithms, weights of 6 bits', 'sine', { ...net, weightBits: 6 });
    await add('10 × 64, logarithms, reordered by the latent', 'sine', { ...net, reorder: true });
    await add('4 patches, 10 × 32 each, logarithms', 'sine', { ...net, width: 32, patchGenes: 500, patchCells: 250 });
    const { matrix: wide } = await samplePatch(whole, Math.round(500_000 / whole.nObs), whole.nObs, seed);
    describe(wide);
    print(alwaysOneRow(wide));
    await add('10 × 64, logarithms, as wide as the matrix', 'sine', { ...net, patchCells: whole.nObs }, wide);
  }
  console.log(`\n${codecVerdict(rows)}`);
}

async function wholeTable(): Promise<void> {
  describe(whole);
  const rows: CodecRow[] = [];
  const bytes = statSync(path).size;
  console.log(
    `| source file with its names | ${bytes.toLocaleString('en-US')} | ${bitsPerNonzero(bytes)} | all | – | – | |`,
  );
  if (what === 'whole') rows.push(...(await generalRows(whole)));
  rows.push(alwaysOneRow(whole));
  rows.forEach(print);
  for (const way of rest) {
    const [preset, assignments = ''] = way.split(':');
    const given = Object.fromEntries(
      assignments
        .split(',')
        .filter(Boolean)
        .map((pair) => {
          const [key, text] = pair.split('=');
          return [key, Number.isFinite(Number(text)) ? Number(text) : text === 'true' ? true : text];
        }),
    );
    rows.push(await measured(way, whole, preset, given));
  }
  console.log(`\n${codecVerdict(rows)}`);
}

async function measured(title: string, matrix: CsrMatrix, preset: string, given: Given): Promise<CodecRow> {
  const row = await codecRow(title, matrix, resolveCodecSettings(preset, { seed, ...given }), startEngine);
  print(row);
  return row;
}

function describe({ nObs, nVar, values }: CsrMatrix): void {
  console.log(`\n${nVar} genes × ${nObs} cells, ${values.length} counts above 0, seed ${seed}\n`);
  console.log('| | bytes | bits per nonzero | exact | encode, s | decode, s | |\n|---|---|---|---|---|---|---|');
}

function print({
  title,
  bytes,
  bitsPerNonzero: bits,
  lossless,
  exactShare,
  encodeSeconds,
  decodeSeconds,
  parts,
  note,
}: CodecRow): void {
  const seconds = (value: number | null): string => (value === null ? '–' : value.toPrecision(2));
  const exact = lossless ? 'all' : exactShare === null ? '–' : exactShare.toFixed(3);
  const shares =
    Object.entries(parts).length > 1
      ? Object.entries(parts)
          .map(([name, size]) => `${name} ${size}`)
          .join(', ')
      : '';
  console.log(
    `| ${title} | ${bytes.toLocaleString('en-US')} | ${bits.toFixed(3)} | ${exact} | ${seconds(encodeSeconds)} | ${seconds(decodeSeconds)} | ${[note, shares].filter(Boolean).join('; ')} |`,
  );
}

function bitsPerNonzero(bytes: number): string {
  return ((8 * bytes) / whole.values.length).toFixed(3);
}
