import { z } from 'zod';
import { explanationSchema } from '../entities/explanation.ts';
import { geneTableRequestSchema, geneTableSchema } from '../entities/gene-table.ts';
import { methodDescriptionSchema } from '../entities/method.ts';
import {
  clusteringInfoSchema,
  embeddingInfoSchema,
  epochRecordSchema,
  runInfoSchema,
  scoreRowSchema,
} from '../entities/run.ts';
import { confusionSchema, scoreTableSchema } from '../entities/score-table.ts';
import { exportRequestSchema } from '../../jobs/export-request.ts';
import {
  batchSpecSchema,
  clusterSpecSchema,
  embedSpecSchema,
  scoreSpecSchema,
  superResolveSpecSchema,
} from '../../jobs/job-spec.ts';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import { inDataset, inProject, inRun, jobStarted, nothing, procedure } from './base.ts';

const settings = {
  method: z.string(),
  preset: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
};

const scoreTextFormatSchema = z.enum(['csv', 'tsv', 'latex']);

/** Methods: what there is, and what one would cost here. */
export const methods = {
  /** With the presets that were saved in a project, where one is named. */
  list: procedure
    .input(z.object({ project: z.string().optional() }).optional())
    .output(z.array(methodDescriptionSchema)),
  /** Takes a preset away that was saved in the project; runs made with it stay. */
  removePreset: procedure.input(inProject.extend({ method: z.string(), preset: z.string() })).output(nothing),
  /** What it does, when to use it and its picture, in plain words. */
  explain: procedure.input(z.object({ method: z.string() })).output(explanationSchema),
  estimate: procedure.input(inDataset.extend({ ...settings, seeds: z.int().min(1).max(1000).default(1) })).output(
    z.object({
      supported: z.boolean(),
      reason: z.string().nullable(),
      memoryBytes: z.number(),
      /** Of one run. */
      seconds: z.number(),
      /** Of all seeds, one after the other. */
      totalSeconds: z.number(),
      freeMemoryBytes: z.number(),
      warnings: z.array(z.string()),
    }),
  ),
};

/** Runs of methods, and the pictures and figures made from them. */
export const runs = {
  list: procedure.input(inProject.extend({ dataset: z.number().optional() })).output(z.array(runInfoSchema)),
  get: procedure.input(inRun).output(runInfoSchema),
  history: procedure.input(inRun).output(z.array(epochRecordSchema)),
  /** One run per seed; each is queued as a job of its own. */
  start: procedure
    .input(
      inDataset.extend({
        ...settings,
        /** The preset's own when left out; cells and genes are filtered by the dataset's recipe either way. */
        normalisation: normalisationSchema.optional(),
        seeds: z.array(z.int().min(0)).min(1).default([1]),
        name: z.string().optional(),
      }),
    )
    .output(z.array(z.object({ run: z.number(), job: z.string() }))),
  resume: procedure.input(inRun).output(jobStarted),
  rename: procedure.input(inRun.extend({ name: z.string().min(1) })).output(runInfoSchema),
  /** The methods paragraph of a finished run (Markdown) and every setting of it (JSON), as a report export writes them. */
  report: procedure.input(inRun).output(z.object({ paragraph: z.string(), json: z.string() })),
  /** Genes of a count model: how strongly each feeds the pruned first layer, and its dispersion. */
  genes: procedure.input(inRun.extend(geneTableRequestSchema.shape)).output(geneTableSchema),
  remove: procedure.input(inRun).output(nothing),
  restore: procedure.input(inRun).output(nothing),
};

/** Embeddings, clusterings, scores and what leaves the application. */
export const analysis = {
  embeddings: procedure.input(inProject.extend({ run: z.number().optional() })).output(z.array(embeddingInfoSchema)),
  embed: procedure.input(embedSpecSchema.omit({ kind: true }).extend(inProject.shape)).output(jobStarted),
  /** A gene between the spots; the values come through `bulkRoutes.finerGene` once the job is done. */
  superResolve: procedure.input(superResolveSpecSchema.omit({ kind: true }).extend(inProject.shape)).output(jobStarted),
  clusterings: procedure.input(inProject.extend({ run: z.number().optional() })).output(z.array(clusteringInfoSchema)),
  cluster: procedure.input(clusterSpecSchema.omit({ kind: true }).extend(inProject.shape)).output(jobStarted),
  /** Runs left out: every finished run of the project. */
  score: procedure
    .input(
      scoreSpecSchema
        .omit({ kind: true, runIds: true })
        .extend({ ...inProject.shape, runIds: z.array(z.number()).optional() }),
    )
    .output(jobStarted),
  /** Runs left out: every finished run of the datasets that have the column. */
  checkBatches: procedure
    .input(
      batchSpecSchema
        .omit({ kind: true, runIds: true })
        .extend({ ...inProject.shape, runIds: z.array(z.number()).optional() }),
    )
    .output(jobStarted),
  /** Obs columns that may say from which batch each observation is; `best` is the likeliest by its name. */
  batches: procedure
    .input(inDataset)
    .output(
      z.object({ columns: z.array(z.object({ name: z.string(), nGroups: z.number() })), best: z.string().nullable() }),
    ),
  /** Figures that are not defined (the silhouette of a single cluster) are left out. */
  scores: procedure.input(inProject.extend({ runIds: z.array(z.number()).optional() })).output(z.array(scoreRowSchema)),
  /** Obs columns that runs can be scored against; `best` is taken when none is named. */
  labels: procedure
    .input(inDataset)
    .output(
      z.object({ columns: z.array(z.object({ name: z.string(), nGroups: z.number() })), best: z.string().nullable() }),
    ),
  /** The scores as a table, with the same as texts to copy or save where they are asked for. */
  table: procedure
    .input(
      inProject.extend({
        /** Left out: every run. */
        runIds: z.array(z.number()).optional(),
        /** Only figures against this obs column, and those without labels. */
        labels: z.string().optional(),
        /** The figures of how well batches are mixed, by this obs column, in place of those against labels. */
        batches: z.string().optional(),
        texts: z.array(scoreTextFormatSchema).default([]),
      }),
    )
    .output(
      z.object({
        table: scoreTableSchema,
        /** Obs columns that there are figures against. */
        labels: z.array(z.string()),
        texts: z.partialRecord(scoreTextFormatSchema, z.string()),
      }),
    ),
  /** Labels against the clusters of a run. */
  confusion: procedure
    .input(
      inRun.extend({
        space: z.string(),
        /** The kind (then the clustering that was scored, else the newest of that kind), or the id of one. */
        clustering: z.union([z.enum(['kmeans', 'leiden']), z.number()]),
        /** Left out: the dataset's best column. */
        labels: z.string().optional(),
      }),
    )
    .output(confusionSchema),
  /** Writes files where the person said; the job answers with their paths. */
  export: procedure.input(exportRequestSchema.extend(inProject.shape)).output(jobStarted),
  /** The same into a folder of this launch, to be fetched from `fileRoutes.download` once the job is done. */
  exportForDownload: procedure
    .input(
      exportRequestSchema
        .omit({ out: true, overwrite: true })
        .extend({ ...inProject.shape, /** With its ending: `latent.csv`. */ name: z.string().min(1).max(200) }),
    )
    .output(jobStarted),
};
