import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { expressionOf } from '../fixtures/measured-expression.ts';
import { madeExpression } from '../fixtures/made-expression.ts';
import type { TrainContext } from '../method.ts';
import { leadingEigenpairs } from './block-krylov.ts';
import golden from './pca.golden.json' with { type: 'json' };
import { pca, type PcaParameters } from './pca.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

function context(data: TrainContext<PcaParameters>['data'], nComponents: number): TrainContext<PcaParameters> {
  return {
    data,
    parameters: { nComponents },
    seed: 5,
    engine,
    report: () => {},
    record: () => {},
    resumeFrom: null,
    checkpoint: () => {},
  };
}

describe('PCA', () => {
  it('agrees with scikit-learn, signs included', async () => {
    const data = await expressionOf(
      90,
      40,
      (i, j) => (i * 7 + j * 13 + ((i * j) % 11) + (i % 3 === j % 3 ? 9 * (j % 5) : 0)) % 17,
    );
    const { latent, extras, denoised } = await pca.train(context(data, 6));
    const k = golden.variance.length;
    golden.variance.forEach((value, c) => expect(extras.explainedVariance.values[c] / value).toBeCloseTo(1, 4));
    golden.ratio.forEach((value, c) => expect(extras.explainedVarianceRatio.values[c]).toBeCloseTo(value, 5));
    golden.components.forEach((row, c) =>
      row.forEach((value, j) => expect(extras.components.values[c * data.nVar + j]).toBeCloseTo(value, 3)),
    );
    golden.scores.forEach((row, i) =>
      row.forEach((value, c) => expect(latent!.values[i * k + c]).toBeCloseTo(value, 2)),
    );
    expect(denoised.kind).toBe('factored');
  });

  it('is the same through the data as through the covariance matrix in memory', async () => {
    const { source: data } = madeExpression({ nObs: 150, nVar: 80, nTypes: 4, seed: 2 });
    const inMemory = await pca.train(context(data, 5));
    // A source that says it has more genes than fit in memory, all of the further ones silent.
    const nVar = 4200;
    const wide = Object.assign(Object.create(data) as typeof data, {
      nVar,
      geneMean: Float32Array.from({ length: nVar }, (_, j) => data.geneMean[j] ?? 0),
      denseBatch(rows: ArrayLike<number>, out: Float32Array) {
        const narrow = new Float32Array(rows.length * data.nVar);
        data.denseBatch(rows, narrow);
        out.fill(0);
        for (let r = 0; r < rows.length; r++) out.set(narrow.subarray(r * data.nVar, (r + 1) * data.nVar), r * nVar);
      },
    });
    const streamed = await pca.train(context(wide, 5));
    for (let c = 0; c < 5; c++) {
      expect(streamed.extras.explainedVariance.values[c] / inMemory.extras.explainedVariance.values[c]).toBeCloseTo(
        1,
        4,
      );
    }
    expect(streamed.summary.explainedVariance).toBeCloseTo(inMemory.summary.explainedVariance, 4);
  });

  it('keeps as many components as there can be, repeats, and leaves no tensor behind', async () => {
    const { source: data } = madeExpression({ nObs: 12, nVar: 30, nTypes: 2, seed: 3 });
    const before = engine.tf.memory().numTensors;
    const first = await pca.train(context(data, 30));
    expect(first.latent!.nDim).toBe(12);
    expect((await pca.train(context(data, 30))).latent).toEqual(first.latent);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it('hears a cancel', async () => {
    const { source: data } = madeExpression({ nObs: 50, nVar: 30, nTypes: 2, seed: 3 });
    await expect(pca.train({ ...context(data, 3), signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('leadingEigenpairs', () => {
  it('finds the eigenvalues of a matrix whose spectrum is known', async () => {
    const { tf } = engine;
    const n = 60;
    const diagonal = tf.diag(
      tf.tensor1d(Array.from({ length: n }, (_, i) => (i < 3 ? 100 - 10 * i : 1 + i / n))),
    ) as never;
    const pairs = await leadingEigenpairs(engine, async (block) => tf.matMul(diagonal, block), n, 3, 1);
    expect(Array.from(pairs.values)).toEqual([100, 90, 80].map((value) => expect.closeTo(value, 2)));
    expect(Math.abs(pairs.vectors[0])).toBeCloseTo(1, 4);
    expect(pairs.residual).toBeLessThan(1e-5);
  });
});
