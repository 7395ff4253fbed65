import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { createDenoisedReader } from '../denoised/denoised-reader.ts';
import { madeExpression } from '../fixtures/made-expression.ts';
import type { TrainContext } from '../method.ts';
import { knn, type KnnParameters } from './knn.ts';
import { trainMean } from './train-mean.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

function context<P>(data: TrainContext<P>['data'], parameters: P): TrainContext<P> {
  return {
    data,
    parameters,
    seed: 1,
    engine,
    report: () => {},
    record: () => {},
    resumeFrom: null,
    checkpoint: () => {},
  };
}

const made = (coordinates: boolean) => madeExpression({ nObs: 120, nVar: 40, nTypes: 3, seed: 6, coordinates });

describe('train-mean', () => {
  it('predicts the mean of every gene for every cell', async () => {
    const { source } = made(false);
    const { denoised, latent } = await trainMean.train(context(source, {}));
    const reader = createDenoisedReader(denoised, source);
    const rows = new Float32Array(2 * source.nVar);
    reader.rows([0, 119], rows);
    expect(rows).toEqual(Float32Array.from([...source.geneMean, ...source.geneMean]));
    expect(latent).toBeNull();
  });
});

describe('knn-10', () => {
  const parameters = (neighbours: KnnParameters['neighbours']): KnnParameters => ({ k: 10, neighbours });

  it.each([
    ['tissue, where there are positions', true, 'auto', 1],
    ['expression, where there are none', false, 'auto', 0],
    ['expression, when asked for', true, 'expression', 0],
  ] as const)(
    'looks for neighbours in %s, and not at the cell itself',
    async (_, coordinates, neighbours, inTissue) => {
      const { source, types } = made(coordinates);
      const { denoised, summary } = await knn.train(context(source, parameters(neighbours)));
      if (denoised.kind !== 'neighbours') throw new Error('expected neighbours');
      expect(summary.inTissue).toBe(inTissue);
      let ofSameType = 0;
      denoised.indices.forEach((j, at) => {
        expect(j).not.toBe(Math.floor(at / 10));
        if (types[j] === types[Math.floor(at / 10)]) ofSameType++;
      });
      // A third would be by chance.
      expect(ofSameType / denoised.indices.length).toBeGreaterThan(0.85);
    },
  );

  it('says what is missing when neighbours in tissue cannot be had', async () => {
    await expect(knn.train(context(made(false).source, parameters('space')))).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});
