import { z } from 'zod';
import { columnSummarySchema, datasetInfoSchema } from '../entities/dataset.ts';
import { keptSchema, qualitySchema } from '../entities/quality.ts';
import { filterSchema, recipeSchema } from '../../preprocess/recipe.ts';
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
  quality: procedure.input(inDataset).output(qualitySchema),
  /** What a filter would keep, before it is put in force. */
  keeps: procedure
    .input(inDataset.extend({ filter: filterSchema }))
    .output(z.object({ obs: keptSchema, var: keptSchema })),
  recipe: procedure.input(inDataset).output(currentRecipe),
  putRecipe: procedure.input(inDataset.extend({ recipe: recipeSchema })).output(currentRecipe),
  undoRecipe: procedure.input(inDataset).output(currentRecipe),
  redoRecipe: procedure.input(inDataset).output(currentRecipe),
};
