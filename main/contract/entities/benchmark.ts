import { z } from 'zod';
import { benchmarkSpecSchema } from '../../protocols/benchmark-spec.ts';
import { runInfoSchema } from './run.ts';
import { scoreTableSchema } from './score-table.ts';

/** What a benchmark would take, before it starts. */
export const benchmarkPlanSchema = z.object({
  nRuns: z.number(),
  /** Training time of all runs, one after the other; a rough figure. */
  seconds: z.number(),
  /** Peak of the largest run, bytes. */
  memoryBytes: z.number(),
  /** Plain sentences: methods that cannot serve a dataset or a protocol. */
  notes: z.array(z.string()),
});

export const benchmarkInfoSchema = z.object({
  id: z.number(),
  title: z.string(),
  spec: benchmarkSpecSchema,
  createdAt: z.string(),
  runIds: z.array(z.number()),
});

/** A benchmark with what is known of it so far. */
export const benchmarkSchema = benchmarkInfoSchema.extend({
  runs: z.array(runInfoSchema),
  /** One row a method, protocol and dataset; figures side by side. */
  table: scoreTableSchema,
  texts: z.object({ csv: z.string(), tsv: z.string(), latex: z.string() }),
});
