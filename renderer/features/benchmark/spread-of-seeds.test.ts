import { describe, expect, it } from 'vitest';
import type { ScoreFigure, ScoreTable } from '../score/score-types.ts';
import { fiveNumbers } from './five-numbers.ts';
import { spreadOfSeeds } from './spread-of-seeds.ts';

describe('five numbers of a box plot', () => {
  it('are those of NumPy', () => {
    // numpy.percentile([7, 1, 3, 10], [0, 25, 50, 75, 100])
    expect(fiveNumbers([7, 1, 3, 10])).toEqual([1, 2.5, 5, 7.75, 10]);
    expect(fiveNumbers([4])).toEqual([4, 4, 4, 4, 4]);
  });
});

describe('spread of seeds', () => {
  const row = (method: string, isFloor: boolean, runIds: number[], seeds: number[]): ScoreTable['rows'][number] => ({
    datasetId: 1,
    dataset: 'cells',
    protocol: '',
    method,
    methodTitle: method,
    preset: 'lacuna',
    variant: '',
    space: '',
    clustering: '',
    runIds,
    seeds,
    isFloor,
    cells: [],
  });
  const table: ScoreTable = {
    columns: [
      { metric: 'nll', labels: '', title: 'NLL', higherIsBetter: false, digits: 4 },
      { metric: 'sparsity', labels: '', title: 'Weight sparsity', higherIsBetter: null, digits: 4 },
    ],
    rows: [row('floor', true, [1, 2], [1, 2]), row('zipo', false, [3, 4], [1, 2])],
  };
  const figure = (runId: number, metric: string, value: number): ScoreFigure => ({
    runId,
    space: 'held-out',
    clustering: 'none',
    metric,
    value,
    labels: '',
    seed: 1,
    protocol: {},
    wallSeconds: 0,
  });
  const figures = [
    figure(2, 'nll', 0.22),
    figure(1, 'nll', 0.21),
    figure(4, 'nll', 0.19),
    figure(3, 'nll', 0.2),
    figure(3, 'sparsity', 0.9),
    // Another question: not of the cells that were held out.
    { ...figure(3, 'nll', 9), space: 'latent' },
  ];

  it('gives each method the figure of each seed, the best first', () => {
    const [nll, sparsity] = spreadOfSeeds(table, figures);
    expect(nll.methods.map(({ name }) => name)).toEqual(['zipo', 'floor']);
    const floor = nll.methods[1];
    expect(Object.fromEntries(floor.seeds.map((seed, at) => [seed, floor.values[at]]))).toEqual({ 1: 0.21, 2: 0.22 });
    expect(nll.methods[0].values.toSorted()).toEqual([0.19, 0.2]);
    expect(sparsity.methods).toEqual([{ name: 'zipo', isFloor: false, values: [0.9], seeds: [1] }]);
  });
});
