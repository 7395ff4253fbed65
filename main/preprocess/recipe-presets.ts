import { recipeSchema, type Recipe } from './recipe.ts';

/** A recipe by name, for the person who does not want to choose every step. */
export interface RecipePreset {
  id: string;
  title: string;
  /** One sentence: what it is for, and where it comes from. */
  description: string;
  recipe: Recipe;
}

/** The first is the default. */
export const RECIPE_PRESETS: readonly RecipePreset[] = [
  {
    id: 'log',
    title: 'Log of counts per 10,000',
    description: 'The usual input of clustering and of most networks; genes in fewer than 3 cells are left out.',
    recipe: recipeSchema.parse({ filter: { var: { minCells: 3 } } }),
  },
  {
    id: 'log-variable',
    title: 'Log of counts per 10,000, 2,000 variable genes',
    description: 'The same on the genes that differ most between cells: faster, and often clearer clusters.',
    recipe: recipeSchema.parse({ filter: { var: { minCells: 3 } }, normalisation: { variableGenes: 2000 } }),
  },
  {
    id: 'zscore',
    title: 'Scaled log of counts per 10,000',
    description: 'Every gene weighs the same: mean 0 and standard deviation 1, clipped at 10, as in the β-VSC report.',
    recipe: recipeSchema.parse({ normalisation: { scale: 'zscore', clip: 10 } }),
  },
  {
    id: 'dca',
    title: 'DCA',
    description: 'Input of the deep count autoencoder: median library size, logarithm, z-score; genes with any count.',
    recipe: recipeSchema.parse({
      filter: { obs: { minCounts: 1 }, var: { minCounts: 1 } },
      normalisation: { librarySize: 'median', scale: 'zscore', clip: null },
    }),
  },
  {
    id: 'stage',
    title: 'STAGE',
    description: 'Input of STAGE for spatial data: 3,000 variable genes, log of counts per 10,000.',
    recipe: recipeSchema.parse({ normalisation: { variableGenes: 3000 } }),
  },
  {
    id: 'suica',
    title: 'SUICA',
    description:
      'Input of SUICA for spatial data: every spot scaled to 200 counts, no logarithm; genes with a count above 200 left out.',
    recipe: recipeSchema.parse({
      filter: { obs: { minCounts: 200 }, var: { minCounts: 3, maxCount: 200 } },
      normalisation: { librarySize: 'suica', log1p: false },
    }),
  },
  {
    id: 'suica-values',
    title: 'SUICA, values that are no counts',
    description: 'Every spot scaled to 200, no logarithm, nothing left out but empty spots and genes.',
    recipe: recipeSchema.parse({
      filter: { obs: { minCounts: 1e-9 }, var: { minCells: 1 } },
      normalisation: { librarySize: 'suica', log1p: false },
    }),
  },
  {
    id: 'raw',
    title: 'Values as they are',
    description: 'Nothing is changed; for data that are scaled already.',
    recipe: recipeSchema.parse({ normalisation: { librarySize: 'none', log1p: false } }),
  },
];
