import { describe, expect, it } from 'vitest';
import { describeRecipe } from './describe-recipe.ts';
import { RECIPE_PRESETS } from './recipe-presets.ts';
import { recipeSchema } from './recipe.ts';

describe('describeRecipe', () => {
  it('tells every step in order', () => {
    const recipe = recipeSchema.parse({
      filter: {
        obs: { minCounts: 500, maxCounts: 20000, minGenes: 200, maxMitoPercent: 5 },
        var: { minCells: 3, maxCount: 200 },
      },
      normalisation: { variableGenes: 2000, scale: 'zscore' },
    });
    expect(describeRecipe(recipe)).toEqual([
      'Cells with 500 to 20,000 counts, at least 200 detected genes and at most 5 % of counts from mitochondrial genes were kept.',
      'Genes detected in at least 3 of these cells and without any single count above 200 were kept.',
      'Counts were scaled to 10,000 per cell.',
      'Values were transformed as log(1 + x), with the natural logarithm.',
      'At most the 2,000 most variable genes were kept, ranked by variance of the raw counts after standardisation by a loess mean-variance trend (Stuart et al. 2019).',
      'Each gene was scaled to mean 0 and standard deviation 1, clipped at ±10.',
    ]);
  });

  it('says so when nothing is done', () => {
    expect(describeRecipe(RECIPE_PRESETS.find(({ id }) => id === 'raw')!.recipe)).toEqual([
      'Raw values of all cells and genes were used.',
    ]);
  });
});
