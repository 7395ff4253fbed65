import { z } from 'zod';
import { clusteringInfoSchema } from './run.ts';

const scoreColumnSchema = z.object({
  metric: z.string(),
  labels: z.string(),
  title: z.string(),
  higherIsBetter: z.boolean().nullable(),
  digits: z.number(),
});

const scoreCellSchema = z.object({
  /** Mean over seeds. */
  mean: z.number(),
  /** Standard deviation over seeds (ddof 1); null for a single run. */
  sd: z.number().nullable(),
  n: z.number(),
  best: z.boolean(),
  /** Null for floors, without a floor, and for metrics without a direction. */
  beatsFloor: z.boolean().nullable(),
});

/** Runs × spaces × clusterings down, metrics across. Runs that differ only in the seed are one row. */
export const scoreTableSchema = z.object({
  columns: z.array(scoreColumnSchema),
  rows: z.array(
    z.object({
      datasetId: z.number(),
      dataset: z.string(),
      protocol: z.string(),
      method: z.string(),
      methodTitle: z.string(),
      preset: z.string(),
      variant: z.string(),
      space: z.string(),
      clustering: z.string(),
      runIds: z.array(z.number()),
      seeds: z.array(z.number()),
      isFloor: z.boolean(),
      /** One a column; null where there is no figure. */
      cells: z.array(scoreCellSchema.nullable()),
    }),
  ),
});

/** Labels (rows) against clusters (columns); columns stand in the order of the labels that they match best. */
export const confusionSchema = z.object({
  labels: z.string(),
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  /** Cluster code of each column. */
  clusters: z.array(z.number()),
  /** [rows][columns] cells */
  counts: z.array(z.array(z.number())),
  /** Column matched to each row, one to one; null where none is left. */
  matched: z.array(z.number().nullable()),
  /** Share of the cells that lie in the cluster matched to their label; null when none is counted. */
  matchedShare: z.number().nullable(),
  /** Cells without a label or a cluster. */
  missing: z.number(),
  clustering: clusteringInfoSchema,
});
