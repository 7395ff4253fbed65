import { describe, expect, it } from 'vitest';
import { csrFromDense } from '../preprocess/fixtures/csr-from-dense.ts';
import { recipeSchema } from '../preprocess/recipe.ts';
import { mergePredicted } from './merge-predicted.ts';
import { mutedEntries } from './muted-entries.ts';
import { prepareProtocol } from './prepare-protocol.ts';
import { protocolSchema, type Protocol } from './protocol.ts';
import { splitSpots } from './split-spots.ts';

const N_OBS = 200;
const N_VAR = 30;
/** Counts that can be told apart by where they stand; some entries are 0. */
const dense = Array.from({ length: N_OBS }, (_, i) =>
  Array.from({ length: N_VAR }, (_, j) => ((i * 7 + j * 3) % 5 === 0 ? 0 : ((i * 31 + j * 17) % 40) + 1)),
);

function input(change: (i: number, j: number, value: number) => number = (_, __, value) => value) {
  return {
    counts: csrFromDense(dense.map((row, i) => row.map((value, j) => change(i, j, value)))),
    varNames: Array.from({ length: N_VAR }, (_, j) => `g${j}`),
    obsm: [{ name: 'spatial', nDim: 2, values: Float64Array.from({ length: 2 * N_OBS }, (_, i) => i) }],
    recipe: recipeSchema.parse({ normalisation: { librarySize: 'median', scale: 'zscore' } }),
  };
}

const prepare = (protocol: unknown, from = input()) => prepareProtocol(from, protocolSchema.parse(protocol));

describe('spatial imputation', () => {
  it('keeps one test set for every share of training spots', () => {
    const obs = Uint32Array.from({ length: 100 }, (_, i) => 3 * i);
    const [most, half] = [0.8, 0.4].map((trainShare) => splitSpots(obs, { trainShare, testShare: 0.2, seed: 4 }));
    expect([most.train.length, half.train.length, most.test.length]).toEqual([80, 40, 20]);
    expect(half.test).toEqual(most.test);
    expect([...half.train].every((i) => most.train.includes(i))).toBe(true);
    expect(most.train.some((i) => most.test.includes(i))).toBe(false);
    expect(splitSpots(obs, { trainShare: 0.8, testShare: 0.2, seed: 5 }).test).not.toEqual(most.test);
  });

  it('shows a method nothing of the held-out spots', async () => {
    const protocol = { kind: 'spatial-imputation', seed: 2 };
    const plain = await prepare(protocol);
    const held = new Set([...plain.truth.obsIndex].filter((_, row) => plain.heldOutObs![row] === 1));
    expect(held.size).toBe(40);
    const other = await prepare(
      protocol,
      input((i, j, value) => (held.has(i) ? (j % 2 === 0 ? 9000 : 0) : value)),
    );
    const rows = Array.from({ length: plain.training.nObs }, (_, i) => i);
    const seen = [plain, other].map(({ training }) => {
      const out = new Float32Array(rows.length * training.nVar);
      training.denseBatch(rows, out);
      return { out, mean: training.geneMean, sd: training.geneSd, library: training.librarySize };
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(other.unseen).toEqual(plain.unseen);
    // The truth of the spots that were changed did change, and stands on the scale of the training.
    expect(other.truth.undoFacts.scaling).toEqual(plain.training.undoFacts.scaling);
    expect(other.truth.counts).not.toEqual(plain.truth.counts);
  });

  it('gives places in the order of the held-out spots', async () => {
    const { unseen, unseenExpression, truth, heldOutObs } = await prepare({ kind: 'spatial-imputation' });
    const held = [...truth.obsIndex].filter((_, row) => heldOutObs![row] === 1);
    expect(unseen).not.toHaveProperty('expression');
    expect([...unseenExpression!.obsIndex]).toEqual(held);
    expect([...unseen!.obsm.get('spatial')!.values]).toEqual(held.flatMap((i) => [2 * i, 2 * i + 1]));
  });
});

describe('corruptions', () => {
  it('mutes the share that was asked for, and says which entries', async () => {
    const { shown, truth } = await prepare({ kind: 'gene-imputation', mutedShare: 0.7, seed: 3 });
    const nnz = truth.counts.indices.length;
    const share = 1 - shown.counts.indices.length / nnz;
    expect(share).toBeGreaterThan(0.67);
    expect(share).toBeLessThan(0.73);
    const bits = mutedEntries(truth.counts, shown.counts);
    const muted = Array.from({ length: nnz }, (_, k) => (bits[k >> 3] >> (k & 7)) & 1);
    expect(muted.reduce((sum, bit) => sum + bit, 0)).toBe(nnz - shown.counts.indices.length);
    const kept = truth.counts.values.filter((_, k) => muted[k] === 0);
    expect(kept).toEqual(shown.counts.values);
    // Entries that stay have the value they had: the spot was scaled before they were muted.
    expect(shown.undoFacts.factor).toEqual(truth.undoFacts.factor);
  });

  it('thins counts binomially', async () => {
    const { shown, truth } = await prepare({ kind: 'thinning', keptShare: 0.5 });
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
    const kept = sum(shown.counts.values) / sum(truth.counts.values);
    expect(kept).toBeGreaterThan(0.49);
    expect(kept).toBeLessThan(0.51);
    const fraction = input((_, __, value) => value / 2);
    await expect(prepare({ kind: 'thinning' }, fraction)).rejects.toThrow('not whole numbers');
  });

  it('adds the same noise to every spot in every batch, and refuses sparse counts', async () => {
    const { shown, truth } = await prepare({ kind: 'gaussian-noise', sd: 2, seed: 1 });
    const read = (source: typeof shown, rows: number[]) => {
      const out = new Float32Array(rows.length * N_VAR);
      source.denseBatch(rows, out);
      return out;
    };
    const all = Array.from({ length: N_OBS }, (_, i) => i);
    const whole = read(shown, all);
    expect(read(shown, [7, 3])).toEqual(
      Float32Array.from([...whole.slice(7 * N_VAR, 8 * N_VAR), ...whole.slice(3 * N_VAR, 4 * N_VAR)]),
    );
    const noise = read(truth, all).map((value, k) => whole[k] - value);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const sd = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length);
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(sd - 2)).toBeLessThan(0.1);
    expect(() => shown.counts).toThrow('sparse counts');
    // What a method is told of the genes is what the noise left of it.
    for (const j of [0, N_VAR - 1]) {
      const column = all.map((i) => whole[i * N_VAR + j]);
      const ofGene = column.reduce((sum, value) => sum + value, 0) / N_OBS;
      const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - ofGene) ** 2, 0) / N_OBS);
      expect(shown.geneMean[j]).toBeCloseTo(ofGene, 5);
      expect(shown.geneMean[j]).not.toBeCloseTo(truth.geneMean[j], 3);
      expect(shown.geneSd[j]).toBeCloseTo(spread, 4);
    }
  });

  it('is the same for the same seed only', async () => {
    const entries = async (seed: number) => [
      ...(await prepare({ kind: 'gene-imputation', seed })).shown.counts.indices,
    ];
    expect(await entries(1)).toEqual(await entries(1));
    expect(await entries(1)).not.toEqual(await entries(2));
  });
});

describe('merging', () => {
  const heldOut = Uint8Array.of(0, 1, 0, 1, 0);

  it('puts predictions where their spots are', () => {
    const model = (values: number[]) =>
      ({
        kind: 'factored',
        hidden: { nDim: 1, values: Float32Array.from(values) },
        weights: Float32Array.of(1, 2),
        bias: Float32Array.of(0, 0),
        link: 'relu',
      }) as const;
    const { denoised, latent } = mergePredicted(
      {
        latent: { nDim: 1, values: new Float32Array(3) },
        denoised: model([1, 2, 3]),
        predicted: model([8, 9]),
        extras: {},
        summary: {},
      },
      heldOut,
    );
    expect(latent).toBeNull();
    expect(denoised).toMatchObject({ hidden: { values: Float32Array.of(1, 8, 2, 9, 3) } });
  });

  it('renumbers neighbours', () => {
    const model = (indices: number[]) => ({ kind: 'neighbours', k: 2, indices: Uint32Array.from(indices) }) as const;
    const { denoised } = mergePredicted(
      { latent: null, denoised: model([1, 2, 0, 2, 0, 1]), predicted: model([0, 1, 1, 2]), extras: {}, summary: {} },
      heldOut,
    );
    expect(denoised).toMatchObject({ indices: Uint32Array.of(2, 4, 0, 2, 0, 4, 2, 4, 0, 2) });
  });

  it('says that it is the fault of the method when predictions are missing', () => {
    const outcome = {
      latent: null,
      denoised: { kind: 'neighbours', k: 1, indices: new Uint32Array(3) },
      extras: {},
      summary: {},
    } as const;
    expect(() => mergePredicted(outcome, heldOut)).toThrow('no predictions');
  });
});

it('reads protocols back, defaults filled in', () => {
  const protocol: Protocol = protocolSchema.parse({ kind: 'spatial-imputation' });
  expect(protocol).toEqual({ kind: 'spatial-imputation', trainShare: 0.8, testShare: 0.2, seed: 1 });
});
