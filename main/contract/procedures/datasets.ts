import { z } from 'zod';
import { columnSummarySchema, datasetInfoSchema } from '../entities/dataset.ts';
import { keptSchema, qualitySchema } from '../entities/quality.ts';
import { preparePreviewSchema } from '../entities/preview.ts';
import { filterSchema, normalisationSchema, recipeSchema } from '../../preprocess/recipe.ts';
import { inDataset, inProject, nothing, procedure } from './base.ts';

const currentRecipe = z.object({
  recipe: recipeSchema,
  revision: z.number(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
});

/** Datasets of a project, their annotations, quality and recipe. */
export const datasets = {
  list: procedure.input(inProject).output(z.array(datasetInfoSchema)),
  get: procedure.input(inDataset).output(datasetInfoSchema),
  rename: procedure.input(inDataset.extend({ name: z.string().min(1) })).output(datasetInfoSchema),
  remove: procedure.input(inDataset).output(nothing),
  /** Takes back a removal, as long as the project has not been closed since. */
  restore: procedure.input(inDataset).output(nothing),
  columns: procedure.input(inDataset).output(z.array(columnSummarySchema)),
  /** Genes whose name or identifier contains the query, best match first. */
  findGenes: procedure
    .input(inDataset.extend({ query: z.string(), limit: z.int().min(1).max(200).default(20) }))
    .output(z.array(z.object({ index: z.number(), name: z.string(), id: z.string() }))),
  /** Proteins whose name or identifier contains the query, best match first; none where none were measured. */
  findProteins: procedure
    .input(inDataset.extend({ query: z.string(), limit: z.int().min(1).max(200).default(20) }))
    .output(z.array(z.object({ index: z.number(), name: z.string(), id: z.string() }))),
  quality: procedure.input(inDataset).output(qualitySchema),
  /** How the variance of genes follows their mean over all cells; the points are `bulkRoutes.meanVariance`. */
  meanVariance: procedure.input(inDataset).output(
    z.object({
      /** φ of variance = mean + φ mean² that fits all genes; null where they do not vary. */
      dispersion: z.number().nullable(),
      /** Genes that occur. */
      nGenes: z.number(),
    }),
  ),
  /** Names of genes by their positions in the dataset. */
  geneNames: procedure.input(inDataset).output(z.array(z.string())),
  /** What a filter would keep, before it is put in force. */
  keeps: procedure
    .input(inDataset.extend({ filter: filterSchema }))
    .output(z.object({ obs: keptSchema, var: keptSchema })),
  /** What a normalisation would do to the values, before it is put in force. Filter left out: the one in force. */
  preview: procedure
    .input(inDataset.extend({ normalisation: normalisationSchema, filter: filterSchema.optional() }))
    .output(preparePreviewSchema),
  /** Stores named groups of observations as a categorical obs column; whoever is in none has no value. */
  putLabels: procedure
    .input(
      inDataset.extend({
        column: z.string().trim().min(1).max(80),
        /** `obs`: positions in the dataset. */
        groups: z.array(z.object({ name: z.string().min(1), obs: z.array(z.int().min(0)) })).min(1),
        /** Put in the place of a column of this name. */
        replace: z.boolean().default(false),
      }),
    )
    .output(datasetInfoSchema),
  /** States what one unit of the positions measures, and how large a spot is in those units. */
  putScale: procedure
    .input(
      inDataset.extend({
        obsm: z.string(),
        micrometresPerUnit: z.number().positive().nullable(),
        spotSize: z.number().positive().nullable(),
      }),
    )
    .output(datasetInfoSchema),
  /** Takes an obs column away. */
  removeColumn: procedure.input(inDataset.extend({ column: z.string() })).output(datasetInfoSchema),
  /** Recipes by name; the first is the default. */
  recipePresets: procedure.output(
    z.array(z.object({ id: z.string(), title: z.string(), description: z.string(), recipe: recipeSchema })),
  ),
  recipe: procedure.input(inDataset).output(currentRecipe),
  putRecipe: procedure.input(inDataset.extend({ recipe: recipeSchema })).output(currentRecipe),
  undoRecipe: procedure.input(inDataset).output(currentRecipe),
  redoRecipe: procedure.input(inDataset).output(currentRecipe),
};
