import { z } from 'zod';
import { protocolSchema } from './protocol.ts';

/** Methods × datasets × protocols × seeds, as `lacuna benchmark` reads it from a file and the window sends it. */
export const benchmarkSpecSchema = z.strictObject({
  title: z.string().trim().min(1).default('Benchmark'),
  datasets: z
    .array(
      z.strictObject({
        /** Number of the dataset in the project. */
        dataset: z.int().min(1),
        /** Id of a recipe preset for this dataset; left out: the benchmark's. */
        recipe: z.string().optional(),
        /** Obs column with the known groups; left out: the dataset's best, if it has one. */
        labels: z.string().optional(),
      }),
    )
    .min(1),
  methods: z
    .array(
      z.strictObject({
        method: z.string(),
        /** Left out: the method's first. */
        preset: z.string().optional(),
        /** Settings that differ from the preset. */
        set: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .min(1),
  protocols: z.array(protocolSchema).min(1),
  /** Each seeds the spots or entries that are held out as well as the training. */
  seeds: z.array(z.int().min(0)).min(1).default([1, 2, 3]),
  /**
   * One recipe for all methods, so that their errors are measured in the same unit. Not under `likelihood`, where it is
   * counts for all: each method has the normalisation of its preset there, and the filter of the dataset's recipe where
   * one is named, else that of `log` (genes in at least 3 cells).
   */
  recipe: z.string().default('suica'),
  /** The floors run whether they are named or not, unless this is false. */
  floors: z.boolean().default(true),
});
export type BenchmarkSpec = z.infer<typeof benchmarkSpecSchema>;
export type BenchmarkRequest = z.input<typeof benchmarkSpecSchema>;
