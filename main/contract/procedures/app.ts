import { z } from 'zod';
import { projectInfoSchema } from '../entities/project.ts';
import { settingsInForceSchema, settingsSchema } from '../entities/settings.ts';
import { procedure } from './base.ts';

/** About the application itself, for the help and settings screens. */
export const app = {
  info: procedure.output(
    z.object({
      version: z.string(),
      node: z.string(),
      platform: z.string(),
      threads: z.number(),
      totalMemoryBytes: z.number(),
      freeMemoryBytes: z.number(),
      /** Backend that set-up prepared: `tensorflow` or `wasm`, with the flavour and why. */
      backend: z.object({ kind: z.string(), flavour: z.string(), why: z.string() }),
    }),
  ),
  /**
   * Opens a project of its own with a simulated tissue. The first time on a computer its runs, pictures and scores are
   * made by `jobs` (in this order; the dataset is there at once); later ones are copies and come finished.
   */
  sample: procedure.output(
    z.object({
      project: projectInfoSchema,
      dataset: z.number(),
      runs: z.array(z.number()),
      /** True when there is nothing to wait for. */
      ready: z.boolean(),
      jobs: z.array(z.string()),
    }),
  ),
};

/** What a person has chosen for this computer. Trainings that start afterwards follow it. */
export const settings = {
  get: procedure.output(settingsInForceSchema),
  /** Fields left out stay as they are. */
  put: procedure
    .input(
      z.object({
        threads: settingsSchema.shape.threads.unwrap().optional(),
        device: settingsSchema.shape.device.unwrap().optional(),
        folder: settingsSchema.shape.folder.unwrap().optional(),
        theme: settingsSchema.shape.theme.unwrap().optional(),
      }),
    )
    .output(settingsInForceSchema),
};
