import { expect, test } from 'vitest';
import { startEngine } from '../../../engine/start-engine.ts';
import { Random } from '../../../engine/random/random.ts';
import { createDenoisedReader } from '../../../methods/denoised/denoised-reader.ts';
import type { DenoisedModel } from '../../../methods/method.ts';
import { buildExpressionSource } from '../../../preprocess/build-expression-source.ts';
import { recipeSchema } from '../../../preprocess/recipe.ts';
import { madeDataset } from '../../fixtures/made-dataset.ts';
import { denoisedBlocks } from './denoised-blocks.ts';

const made = madeDataset({ nObs: 60, nVar: 50 });
const { value: counts } = await made.matrices[0].chunks()[Symbol.asyncIterator]().next();
const source = await buildExpressionSource({ counts, varNames: made.var.names, recipe: recipeSchema.parse({}) });

function model(nHidden: number): DenoisedModel {
  const random = Random.from(1, 'model');
  return {
    kind: 'factored',
    hidden: { nDim: nHidden, values: random.fillNormal(new Float32Array(60 * nHidden)) },
    weights: random.fillNormal(new Float32Array(nHidden * 50)),
    bias: random.fillNormal(new Float32Array(50)),
    link: 'identity',
  };
}

async function whole(from: DenoisedModel, useEngine: number): Promise<Float32Array> {
  const all = new Float32Array(60 * 50);
  for await (const { start, values } of denoisedBlocks(from, source, 'model', startEngine, {
    blockValues: 500,
    worthAnEngine: useEngine,
  }))
    all.set(values, start * 50);
  return all;
}

test('blocks put together are the denoised matrix, with and without the tensor engine', async () => {
  const small = model(7);
  const expected = new Float32Array(60 * 50);
  createDenoisedReader(small, source).rows(
    Uint32Array.from({ length: 60 }, (_, i) => i),
    expected,
  );
  expect(await whole(small, Infinity)).toEqual(expected);
  const byEngine = await whole(small, 0);
  expect(Math.max(...byEngine.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-5);
});

test('a cancel is heard between two blocks', async () => {
  const abort = new AbortController();
  const blocks = denoisedBlocks(model(3), source, 'log', startEngine, { blockValues: 500, signal: abort.signal });
  await blocks.next();
  abort.abort();
  await expect(blocks.next()).rejects.toMatchObject({ code: 'cancelled' });
});
