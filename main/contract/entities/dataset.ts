import { z } from 'zod';

export const valueKindSchema = z.enum(['counts', 'nonnegative', 'real']);
export const columnKindSchema = z.enum(['numeric', 'categorical', 'string']);

const obsColumnSchema = z.object({ name: z.string(), kind: columnKindSchema, nCategories: z.number().nullable() });

/** How a dataset lies on its tissue; the bytes go through /bulk. */
const storedLayoutSchema = z.object({
  obsm: z.string(),
  micrometresPerUnit: z.number().nullable(),
  spotSize: z.number().nullable(),
  spotShape: z.enum(['circle', 'square']),
  yDown: z.boolean(),
  images: z.array(
    z.object({
      name: z.string(),
      mediaType: z.string(),
      width: z.number(),
      height: z.number(),
      scale: z.number(),
    }),
  ),
  hasBorders: z.boolean(),
});

/** A modality in a project, without its values. */
const modalityInfoSchema = z.object({
  name: z.string(),
  nVar: z.number(),
  valueKind: valueKindSchema,
  /** Observations of the dataset that were measured. */
  nMeasured: z.number(),
  provenance: z.record(z.string(), z.unknown()),
});

/** A dataset in a project, without its values. */
export const datasetInfoSchema = z.object({
  id: z.number(),
  name: z.string(),
  nObs: z.number(),
  nVar: z.number(),
  nnz: z.number(),
  valueKind: valueKindSchema,
  createdAt: z.string(),
  obsm: z.array(z.object({ name: z.string(), nDim: z.number(), unit: z.string() })),
  matrices: z.array(z.string()),
  obsColumns: z.array(obsColumnSchema),
  spatial: storedLayoutSchema.nullable(),
  /** Other measurements of the same observations: surface proteins. */
  modalities: z.array(modalityInfoSchema),
  provenance: z.record(z.string(), z.unknown()),
});

const importChoiceSchema = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  kind: z.enum(['one-of', 'many-of', 'flag', 'one-of-or-number']),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  default: z.string(),
});

/** The corner of a text table, and what its columns were taken for. */
const tablePreviewSchema = z.object({
  path: z.string(),
  delimiter: z.string(),
  hasHeader: z.boolean(),
  columns: z.array(z.string()),
  roles: z.array(z.enum(['id', 'x', 'y', 'z', 'annotation', 'value', 'left-out'])),
  nColumns: z.number(),
  rows: z.array(z.array(z.string())),
});

/** What was found in a file or folder before anything is stored. */
export const inspectionSchema = z.object({
  format: z.enum(['10x-h5', '10x-mtx', 'h5ad', 'visium', 'xenium', 'gem', 'gef', 'table']),
  title: z.string(),
  version: z.string(),
  path: z.string(),
  fileBytes: z.number(),
  nObs: z.number(),
  nVar: z.number(),
  nnz: z.number(),
  density: z.number(),
  valueKind: valueKindSchema,
  valuesSampled: z.number(),
  obsColumns: z.array(obsColumnSchema),
  obsm: z.array(z.object({ name: z.string(), nDim: z.number() })),
  layers: z.array(z.string()),
  choices: z.array(importChoiceSchema),
  modalities: z.array(z.object({ name: z.string(), nVar: z.number(), examples: z.array(z.string()) })),
  spatial: z
    .object({
      obsm: z.string(),
      micrometresPerUnit: z.number().nullable(),
      spotSize: z.number().nullable(),
      images: z.array(z.object({ name: z.string(), width: z.number(), height: z.number() })),
      hasBorders: z.boolean(),
    })
    .nullable(),
  table: tablePreviewSchema.nullable(),
  /** The table of positions or annotations that goes with `table`. */
  positionsTable: tablePreviewSchema.nullable(),
  warnings: z.array(z.string()),
});

/** Names or codes of one obs or var column, small enough for the wire; long numeric ones go through /bulk. */
export const columnSummarySchema = z.object({
  name: z.string(),
  kind: columnKindSchema,
  categories: z.array(z.string()).nullable(),
  /** Observations per category, in the order of `categories`. */
  categoryCounts: z.array(z.number()).nullable(),
  /** Colour of each category where somebody chose them, `#rrggbb`. */
  colours: z.array(z.string()).nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  missing: z.number(),
  /** Different texts of a column of text; null for other kinds. One with few has `categories`, and codes under /bulk. */
  distinct: z.number().nullable(),
});
