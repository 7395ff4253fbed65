/**
 * The tables of the codec: every way to store a matrix of counts, as Markdown. Sizes hold the matrix alone, without names.
 *
 *   node build/experiments/codec-tables.ts patch DATA SEED [ROW …]
 *   node build/experiments/codec-tables.ts whole DATA SEED WAY[:key=value,…] …
 *
 * `patch`: 1,000 genes × 500 cells drawn at random, as in the paper; only the rows whose titles hold a ROW (`general`: other compressors and the floor), if any is given.
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

/** Title, preset and settings of the rows beside general compressors and floors. */
const NET: Given = { width: 64, epochs: 40 };
const PATCH_ROWS: readonly [string, string, Given][] = [
  ['genes and library sizes, no network', 'genes', {}],
  ['count network, 1 factor', 'model', { factors: 1 }],
  ['count network, 2 factors', 'model', { factors: 2 }],
  ['10 × 64 sine layers, no normalisation', 'sine', { ...NET, normalisation: 'none' }],
  ['10 × 64, divided by the largest', 'sine', { ...NET, normalisation: 'max' }],
  ['10 × 64, logarithms alone', 'sine', NET],
  ['10 × 64, logarithms, learning rate 0.002', 'sine', { ...NET, learningRate: 0.002 }],
  ['10 × 96, logarithms', 'sine', { ...NET, width: 96 }],
  ['10 × 64, logarithms, weights of 8 bits', 'sine', { ...NET, weightBits: 8 }],
  ['10 × 64, logarithms, reordered by the latent', 'sine', { ...NET, reorder: true }],
  ['4 patches, 10 × 32 each, logarithms', 'sine', { ...NET, width: 32, patchGenes: 500, patchCells: 250 }],
  ['10 × 16, logarithms, weights of 8 bits, misses stored', 'sine-lossless', { epochs: 40 }],
];
/** A patch of as many entries over all cells, as the paper proposes. */
const WIDE_ROW = '10 × 64, logarithms, as wide as the matrix';

async function patchTable(chosen: readonly string[]): Promise<void> {
  const isChosen = (title: string): boolean => chosen.length === 0 || chosen.some((part) => title.includes(part));
  const { matrix } = await samplePatch(whole, 1000, 500, seed);
  describe(matrix);
  const rows = isChosen('general') ? [...(await generalRows(matrix)), alwaysOneRow(matrix)] : [];
  rows.forEach(print);
  for (const [title, preset, given] of PATCH_ROWS)
    if (isChosen(title)) rows.push(await measured(title, matrix, preset, given));
  console.log(`\n${codecVerdict(rows)}`);
  if (!isChosen(WIDE_ROW)) return;
  const { matrix: wide } = await samplePatch(whole, Math.round(500_000 / whole.nObs), whole.nObs, seed);
  describe(wide);
  print(alwaysOneRow(wide));
  await measured(WIDE_ROW, wide, 'sine', { ...NET, patchCells: whole.nObs });
}

if (what === 'patch') await patchTable(rest);
else await wholeTable();
process.exit(0);

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
