import { z } from 'zod';

/** A folder to begin from in the file picker. */
export const placeSchema = z.object({
  kind: z.enum(['home', 'desktop', 'documents', 'downloads', 'projects', 'recent', 'drive']),
  label: z.string(),
  path: z.string(),
});

/** What a file or folder seems to be by its name alone; looking inside is `imports.inspect`. */
const fileHintSchema = z.object({
  kind: z.enum(['project', 'data', 'labels']),
  /** 'Lacuna project', '10x matrix (.h5)', 'Folder with a 10x matrix', 'AnnData (.h5ad)', 'Table (.csv)' … */
  text: z.string(),
});

export const fileEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  /** Null for folders. */
  bytes: z.number().nullable(),
  /** ISO date; null when the system does not say. */
  modified: z.string().nullable(),
  hint: fileHintSchema.nullable(),
});

/** A folder as the file picker shows it: folders first, then files, each in the order of their names. */
export const folderListingSchema = z.object({
  path: z.string(),
  /** The folder above; null at the top of a drive. */
  parent: z.string().nullable(),
  /** From the top of the drive to this folder. */
  crumbs: z.array(z.object({ name: z.string(), path: z.string() })),
  entries: z.array(fileEntrySchema),
  /** Entries that are not shown: hidden ones, and those beyond the first few thousand. */
  omitted: z.number(),
  /** Whether a file can be written here. */
  writable: z.boolean(),
});

/** What `PUT /upload/…` answers (as JSON). */
export const uploadedSchema = z.object({
  /** The file as it now lies on this computer. */
  path: z.string(),
  /** What was dropped: the file itself, or the outermost folder that it came with. This is what to inspect. */
  root: z.string(),
  /** The folder that holds everything of this drop: to inspect where the loose files of one matrix were dropped. */
  folder: z.string(),
  bytes: z.number(),
});
