import { z } from 'zod';
import { runInfoSchema } from './run.ts';

/** What a study is asked to do, as the window and the terminal send it and the project keeps it. */
export const studySpecSchema = z.strictObject({
  /** Id of a ready-made study. */
  study: z.string(),
  /** Number of the dataset in the project. */
  dataset: z.int().min(1),
  /** Obs column with the known groups; null: the dataset's best. */
  labels: z.string().nullable().default(null),
  /** What is compared, by question; questions left out take their defaults. */
  choices: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  seeds: z.array(z.int().min(0)).min(1).max(100).default([1]),
  /** Null: as published. */
  epochs: z.int().min(1).max(10_000).nullable().default(null),
  /** False: only trained, neither pictured nor scored; for large data, whose pictures take longer than the training. */
  scored: z.boolean().default(true),
});
export type StudySpec = z.infer<typeof studySpecSchema>;
export type StudyRequest = z.input<typeof studySpecSchema>;

/** One thing that a study varies. */
export const studyChoiceSchema = z.object({
  id: z.string(),
  title: z.string(),
  values: z.array(z.object({ id: z.string(), title: z.string(), help: z.string(), isDefault: z.boolean() })),
});
export type StudyChoice = z.infer<typeof studyChoiceSchema>;

/** A study as the list of ready-made ones shows it. */
export const readyStudySchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  paper: z.string(),
  /** What its dataset must have, a sentence each. */
  needs: z.array(z.string()),
  choices: z.array(studyChoiceSchema),
  /** Epochs of the published settings; null where they differ between its models. */
  epochs: z.number().nullable(),
  /** Whether the dataset in question will do; the reason where it will not. */
  supported: z.boolean(),
  reason: z.string().nullable(),
});

/** What a study would take, before it starts. */
export const studyPlanSchema = z.object({
  nRuns: z.number(),
  seconds: z.number(),
  memoryBytes: z.number(),
  /** The obs column that is compared with. */
  labels: z.string(),
  notes: z.array(z.string()),
});

export const studyInfoSchema = z.object({
  id: z.number(),
  title: z.string(),
  spec: studySpecSchema,
  createdAt: z.string(),
  runIds: z.array(z.number()),
});

const studyCellSchema = z.object({
  mean: z.number(),
  /** Over seeds, ddof 1; null for a single figure. */
  sd: z.number().nullable(),
  n: z.number(),
  /** Best mean of its column among the rows that are no reference. */
  best: z.boolean(),
});

/** A result of a study: rows of models, columns of figures. */
export const studyTableSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** How to read it, and what was published; '' where that is plain. */
  note: z.string(),
  /** Titles of the columns that name a row. */
  heads: z.array(z.string()),
  columns: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** Null: neither. */
      higherIsBetter: z.boolean().nullable(),
      /** Digits behind the point; null: three significant ones. */
      digits: z.number().nullable(),
    }),
  ),
  rows: z.array(
    z.object({
      head: z.array(z.string()),
      runIds: z.array(z.number()),
      /** One a column; null where there is no figure. */
      cells: z.array(studyCellSchema.nullable()),
      /** A published figure, or a floor: not among those that are compared. */
      reference: z.boolean(),
      /** Its trainings broke down, so it has no figures. */
      broken: z.boolean(),
    }),
  ),
});
export type StudyTable = z.infer<typeof studyTableSchema>;

/** A study with what is known of it so far. */
export const studySchema = studyInfoSchema.extend({
  runs: z.array(runInfoSchema),
  labels: z.string(),
  tables: z.array(studyTableSchema),
  /** The same tables as texts to paste, in their order. */
  texts: z.array(z.object({ csv: z.string(), tsv: z.string(), latex: z.string() })),
  /** Pictures of its runs; `embedding` is null until it is there. */
  pictures: z.array(
    z.object({
      run: z.number(),
      /** 'tsne-2d' … */
      space: z.string(),
      kind: z.enum(['pca', 'umap', 'tsne']),
      nDim: z.number(),
      embedding: z.number().nullable(),
      /** k-means in the picture. */
      clustering: z.number().nullable(),
    }),
  ),
  /** Terms of the training history worth a chart, with their titles. */
  curves: z.array(z.object({ term: z.string(), title: z.string(), log: z.boolean() })),
  /** What training showed, run by run, in plain words; only where there is something to say. */
  remarks: z.array(z.object({ run: z.number(), kind: z.enum(['unstable', 'broken']), text: z.string() })),
});
export type Study = z.infer<typeof studySchema>;
