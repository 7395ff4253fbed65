import { describe, expect, it } from 'vitest';
import { Random } from '../../engine/random/random.ts';
import { madeExpression } from '../fixtures/made-expression.ts';
import type { DenoisedModel } from '../method.ts';
import { denoisedCoordinates } from './denoised-coordinates.ts';
import { createDenoisedReader, type DenoisedReader } from './denoised-reader.ts';

type Factored = Extract<DenoisedModel, { kind: 'factored' }>;

function factored(nObs: number, nHidden: number, nVar: number, link: Factored['link']): Factored {
  const random = Random.from(2, link);
  const draw = (length: number): Float32Array => random.fillNormal(new Float32Array(length));
  return {
    kind: 'factored',
    hidden: { nDim: nHidden, values: draw(nObs * nHidden) },
    weights: draw(nHidden * nVar),
    bias: draw(nVar),
    link,
  };
}

/** link(hidden · weights + bias), entry by entry. */
function entry(model: Factored, i: number, j: number): number {
  const { nDim, values } = model.hidden;
  let sum = model.bias[j];
  for (let h = 0; h < nDim; h++) sum += values[i * nDim + h] * model.weights[h * model.bias.length + j];
  return { identity: sum, relu: Math.max(0, sum), softplus: Math.log(1 + Math.exp(sum)), exp: Math.exp(sum) }[
    model.link
  ];
}

function squaredDistance(values: ArrayLike<number>, nDim: number, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < nDim; d++) sum += (values[a * nDim + d] - values[b * nDim + d]) ** 2;
  return sum;
}

function everything(reader: DenoisedReader): Float32Array {
  const all = new Float32Array(reader.nObs * reader.nVar);
  reader.rows(
    Array.from({ length: reader.nObs }, (_, i) => i),
    all,
  );
  return all;
}

describe('createDenoisedReader', () => {
  it.each(['identity', 'relu', 'softplus', 'exp'] as const)(
    'gives rows and genes of a factored model, link %s',
    (link) => {
      const model = factored(9, 4, 7, link);
      const reader = createDenoisedReader(model);
      const rows = new Float32Array(2 * 7);
      reader.rows([8, 3], rows);
      const gene = reader.gene(5);
      for (let j = 0; j < 7; j++) expect(rows[7 + j] - entry(model, 3, j)).toBeCloseTo(0, 3);
      for (let i = 0; i < 9; i++) expect(gene[i] - entry(model, i, 5)).toBeCloseTo(0, 3);
      expect([reader.nObs, reader.nVar]).toEqual([9, 7]);
    },
  );

  it('averages measured neighbours', () => {
    const { source } = madeExpression({ nObs: 20, nVar: 15, nTypes: 2, seed: 1 });
    const k = 3;
    const indices = Uint32Array.from({ length: 20 * k }, (_, at) => (at * 7) % 20);
    const reader = createDenoisedReader({ kind: 'neighbours', k, indices }, source);
    const measured = new Float32Array(20 * 15);
    source.denseBatch(
      Array.from({ length: 20 }, (_, i) => i),
      measured,
    );
    const rows = everything(reader);
    const gene = reader.gene(4);
    for (let i = 0; i < 20; i++) {
      const expected =
        (measured[indices[i * k] * 15 + 4] +
          measured[indices[i * k + 1] * 15 + 4] +
          measured[indices[i * k + 2] * 15 + 4]) /
        k;
      expect(rows[i * 15 + 4]).toBeCloseTo(expected, 5);
      expect(gene[i]).toBeCloseTo(expected, 5);
    }
  });
});

describe('denoisedCoordinates', () => {
  it('keeps the distances between denoised rows, in fewer dimensions', async () => {
    const model = factored(25, 6, 200, 'identity');
    const coordinates = await denoisedCoordinates(model);
    expect(coordinates.nDim).toBe(6);
    const rows = everything(createDenoisedReader(model));
    for (let a = 0; a < 25; a += 3) {
      for (let b = a + 1; b < 25; b += 4) {
        const ratio = squaredDistance(coordinates.values, 6, a, b) / squaredDistance(rows, 200, a, b);
        expect(ratio).toBeCloseTo(1, 4);
      }
    }
  });

  it('drops directions that the weights do not have', async () => {
    const model = factored(25, 6, 200, 'identity');
    model.weights.copyWithin(5 * 200, 0, 200);
    expect((await denoisedCoordinates(model)).nDim).toBe(5);
  });

  it('comes close for other links, by streamed principal components', async () => {
    const model = factored(40, 3, 80, 'relu');
    const coordinates = await denoisedCoordinates(model);
    const rows = everything(createDenoisedReader(model));
    for (let a = 0; a < 40; a += 5) {
      const ratio =
        squaredDistance(coordinates.values, coordinates.nDim, a, (a + 7) % 40) /
        squaredDistance(rows, 80, a, (a + 7) % 40);
      expect(ratio).toBeCloseTo(1, 2);
    }
  });

  it('puts all cells in one place when the model says the same for all', async () => {
    const mean: DenoisedModel = {
      kind: 'factored',
      hidden: { nDim: 0, values: new Float32Array(0) },
      weights: new Float32Array(0),
      bias: new Float32Array(5),
      link: 'identity',
    };
    expect(await denoisedCoordinates(mean, { nObs: 4 })).toEqual({ nDim: 1, values: new Float32Array(4) });
  });
});
