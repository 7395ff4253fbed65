import { z } from 'zod';
import { folderListingSchema, placeSchema } from '../entities/file.ts';
import { procedure } from './base.ts';

/** Folders of this computer, for the file picker inside the window. */
export const files = {
  /** Where to begin: the person's folders, folders used lately, drives. */
  places: procedure.output(z.array(placeSchema)),
  /** What is in a folder; left out: where new projects go, else home. `~` stands for home. */
  list: procedure.input(z.object({ path: z.string().optional() })).output(folderListingSchema),
  /** Makes a folder for a file that is to be saved. */
  makeFolder: procedure
    .input(z.object({ parent: z.string(), name: z.string().min(1) }))
    .output(z.object({ path: z.string() })),
  /** A path in a folder (left out: where new projects go) that nothing is at yet: `Liver.lacuna`, else `Liver 2.lacuna` … */
  freePath: procedure
    .input(z.object({ folder: z.string().optional(), name: z.string().min(1) }))
    .output(z.object({ path: z.string() })),
  /** Puts a figure that the window drew, and sent with `PUT /upload/<drop>/figure.png` (or `.svg`), at `out`. */
  saveFigure: procedure
    .input(
      z.object({
        drop: z.string(),
        name: z.enum(['figure.png', 'figure.svg']),
        out: z.string(),
        overwrite: z.boolean().default(false),
      }),
    )
    .output(z.object({ path: z.string(), bytes: z.number() })),
};
