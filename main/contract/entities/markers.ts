import { z } from 'zod';
import { recipeSchema } from '../../preprocess/recipe.ts';

/** Where groups of observations come from: an obs column, or a clustering of a run. */
export const groupSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('column'), name: z.string() }),
  z.object({ kind: z.literal('clustering'), id: z.int().min(1) }),
]);
export type GroupSource = z.infer<typeof groupSourceSchema>;

/** What a table of markers says, without its figures. */
export const markerFactsSchema = z.object({
  /** What the groups are: 'cell_type', 'leiden clusters of AE · seed 1' … */
  source: z.string(),
  group: z.string(),
  /** 'each of the other 8 groups', 'the rest', or the name of a group. */
  against: z.string(),
  /** Observations of the group, and of those that it was compared with. */
  nGroup: z.number(),
  nOthers: z.number(),
  nComparisons: z.number(),
  /** Cells and genes that were taken, and how values were normalised. */
  recipe: recipeSchema,
});
export type MarkerFacts = z.infer<typeof markerFactsSchema>;

export const markerTableSchema = markerFactsSchema.extend({
  id: z.number(),
  datasetId: z.number(),
  createdAt: z.string(),
});

/**
 * Which groups to find markers of, and against whom. `each`: every other group of the source, one by one, summarised;
 * `rest`: all other observations as one group (for a column or clustering: those that are in a group); `group`: one other
 * group of the source, for a selection of `of`.
 */
export const markersRequestSchema = z.object({
  /** Left out: the newest dataset. */
  datasetId: z.int().min(1).optional(),
  groups: z.discriminatedUnion('kind', [
    ...groupSourceSchema.options,
    /** `obs`: positions in the dataset. */
    z.object({
      kind: z.literal('selection'),
      obs: z.array(z.int().min(0)).min(1),
      name: z.string().trim().min(1).max(120).default('selection'),
    }),
  ]),
  /** Left out: every group. */
  group: z.string().optional(),
  against: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('each') }),
      z.object({ kind: z.literal('rest') }),
      z.object({ kind: z.literal('group'), name: z.string(), of: groupSourceSchema.optional() }),
    ])
    .default({ kind: 'each' }),
});
export type MarkersRequest = z.infer<typeof markersRequestSchema>;
