import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import { startEngine } from '../engine/start-engine.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { madeCounts } from '../methods/counts/fixtures/made-counts.ts';
import { normalisationSchema } from '../preprocess/recipe.ts';
import { resolveCodecSettings } from './codec-settings.ts';
import { packLcz, readLcz, unpackLcz, writeLcz } from './container/lcz-file.ts';
import { encodeMatrix } from './encode-matrix.ts';
import { axesOf, decodeMatrix, openContent } from './open-content.ts';

const noEngine = (): never => {
  throw new TypeError('Nothing was to be trained.');
};
/** Any small matrix of counts, some of them huge, with empty cells and genes. */
const matrices: fc.Arbitrary<CsrMatrix> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 150 }))
  .chain(([nObs, nVar]) =>
    fc
      .uniqueArray(
        fc.tuple(
          fc.nat(nObs * nVar - 1),
          fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 1, max: 2 ** 24 })),
        ),
        { selector: ([position]) => position, minLength: 1, maxLength: Math.min(300, nObs * nVar) },
      )
      .map((entries) => matrixOf(nObs, nVar, entries)),
  );

function matrixOf(nObs: number, nVar: number, entries: [number, number][]): CsrMatrix {
  const sorted = entries.toSorted(([a], [b]) => a - b);
  const indptr = new Uint32Array(nObs + 1);
  for (const [position] of sorted) indptr[Math.floor(position / nVar) + 1]++;
  for (let i = 0; i < nObs; i++) indptr[i + 1] += indptr[i];
  return {
    nObs,
    nVar,
    indptr,
    indices: Uint32Array.from(sorted, ([position]) => position % nVar),
    values: Float32Array.from(sorted, ([, value]) => value),
  };
}

function valueAt({ indptr, indices, values }: CsrMatrix, obs: number, gene: number): number {
  for (let k = indptr[obs]; k < indptr[obs + 1]; k++) if (indices[k] === gene) return values[k];
  return 0;
}

let folder: string;
let counts: CsrMatrix;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-codec-'));
  const normalisation = normalisationSchema.parse({});
  ({
    source: { counts },
  } = await madeCounts({ nObs: 80, nVar: 40, nTypes: 3, seed: 4, normalisation, dropout: 0.6 }));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('counts coded without a network', () => {
  const settings = resolveCodecSettings('genes');

  it('come back exactly, whole and one by one', async () => {
    await fc.assert(
      fc.asyncProperty(matrices, fc.nat(), async (matrix, somewhere) => {
        const { content } = await encodeMatrix({ name: 'made', matrix, axes: null }, settings, noEngine);
        const read = unpackLcz(packLcz(content), 'made.lcz');
        expect(await decodeMatrix(read)).toEqual(matrix);
        const [obs, gene] = [somewhere % matrix.nObs, somewhere % matrix.nVar];
        expect(openContent(read).value(obs, gene)).toBe(valueAt(matrix, obs, gene));
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same bytes every time', async () => {
    const encode = async (): Promise<Uint8Array> =>
      packLcz((await encodeMatrix({ name: 'made', matrix: counts, axes: null }, settings, noEngine)).content);
    expect(await encode()).toEqual(await encode());
  });
});

describe('counts coded against a network', () => {
  it('come back exactly', async () => {
    const settings = resolveCodecSettings('model', { factors: 3, epochs: 2, refineEpochs: 2 });
    const { content } = await encodeMatrix({ name: 'made', matrix: counts, axes: null }, settings, startEngine);
    expect(content.header.facts.factors).toBeGreaterThan(0);
    expect(await decodeMatrix(content)).toEqual(counts);
    expect(openContent(content).value(17, 5)).toBe(valueAt(counts, 17, 5));
  });
});

describe('sine networks', () => {
  const small = { layers: 2, width: 8, epochs: 2, patchGenes: 25, patchCells: 50 };

  it.each([
    { normalisation: 'none' },
    { normalisation: 'max', weightBits: 12 },
    { normalisation: 'log', weightBits: 8, reorder: true },
    { normalisation: 'log', lossless: true, weightBits: 6 },
  ])('keep every zero, and decode to what the encoder saw: %o', async (given) => {
    const settings = resolveCodecSettings('sine', { ...small, ...given });
    const { content, sine } = await encodeMatrix({ name: 'made', matrix: counts, axes: null }, settings, startEngine);
    const read = unpackLcz(packLcz(content), 'made.lcz');
    // The checksum is that of the encoder's own answers.
    const decoded = await decodeMatrix(read);
    expect(decoded.indices).toEqual(counts.indices);
    const exact = decoded.values.filter((value, k) => value === counts.values[k]).length / counts.values.length;
    expect(exact).toBeCloseTo(settings.scheme === 'sine' && settings.lossless ? 1 : sine!.exactShare, 12);
    if (settings.scheme === 'sine' && settings.lossless) expect(decoded).toEqual(counts);
    expect(sine!.patches).toHaveLength(4);
    const reader = openContent(read);
    for (const [obs, gene] of [
      [0, 0],
      [3, 7],
      [79, 39],
      [51, 26],
    ])
      expect(reader.value(obs, gene)).toBe(valueAt(decoded, obs, gene));
  });

  it('say so when they collapsed', async () => {
    const settings = resolveCodecSettings('sine', {
      ...small,
      epochs: 1,
      learningRate: 1e-9,
      patchGenes: 40,
      patchCells: 80,
    });
    const { sine } = await encodeMatrix({ name: 'made', matrix: counts, axes: null }, settings, startEngine);
    expect(sine!.patches.map(({ verdict }) => verdict)).toEqual(['collapsed']);
  });

  it('stop when asked to', async () => {
    const signal = AbortSignal.abort();
    const settings = resolveCodecSettings('sine', small);
    await expect(
      encodeMatrix({ name: 'made', matrix: counts, axes: null }, settings, startEngine, { signal }),
    ).rejects.toThrow('Cancelled');
  });
});

describe('.lcz files', () => {
  const axes = {
    obs: {
      names: Array.from({ length: 80 }, (_, i) => `cell-${i}`),
      columns: [
        {
          kind: 'numeric' as const,
          name: 'share',
          values: Float64Array.from({ length: 80 }, (_, i) => (i ? i / 7 : NaN)),
        },
      ],
    },
    var: {
      names: Array.from({ length: 40 }, (_, j) => `Gène ${j}`),
      columns: [{ kind: 'string' as const, name: 'gene_id', values: Array.from({ length: 40 }, (_, j) => `E${j}`) }],
    },
  };
  let path: string;
  let bytes: Uint8Array;
  beforeAll(async () => {
    path = join(folder, 'made.lcz');
    const { content } = await encodeMatrix(
      { name: 'made', matrix: counts, axes },
      resolveCodecSettings('genes'),
      noEngine,
    );
    await writeLcz(path, content, false);
    // A copy: slices of a Buffer share its memory.
    bytes = Uint8Array.from(readFileSync(path));
  });

  it('keep names and annotations', async () => {
    expect(axesOf(await readLcz(path))).toEqual(axes);
  });

  it('name the part that a flipped bit spoils', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const spoilt = bytes.slice();
        spoilt[bit >>> 3] ^= 1 << (bit & 7);
        expect(() => unpackLcz(spoilt, 'made.lcz')).toThrow(LacunaError);
      }),
      { numRuns: 300 },
    );
    const spoilt = bytes.slice();
    spoilt[spoilt.length - 1] ^= 1;
    expect(() => unpackLcz(spoilt, 'made.lcz')).toThrow("made.lcz is damaged: the checksum of its part 'names'");
  });

  it('are told from cut and foreign ones', async () => {
    for (const length of [10, 30, bytes.length - 1])
      expect(() => unpackLcz(bytes.subarray(0, length), 'made.lcz')).toThrow('ends too early');
    const other = join(folder, 'other.lcz');
    writeFileSync(other, 'barcode,count\n');
    await expect(readLcz(other)).rejects.toThrow("other.lcz is not a file of Lacuna's codec");
    await expect(readLcz(join(folder, 'missing.lcz'))).rejects.toThrow('There is no such file');
  });
});

describe('settings', () => {
  it('are refused by name', () => {
    expect(() => resolveCodecSettings('zip')).toThrow("no way to compress called 'zip'");
    expect(() => resolveCodecSettings('genes', { omega: 3 })).toThrow("'genes' has no setting 'omega'");
    expect(() => resolveCodecSettings('sine', { width: 0 })).toThrow('width');
  });
});
