import { z } from 'zod';
import { settingsSchema } from '../../core/settings/settings.ts';

export { settingsSchema };

/** The settings, and what they mean here. */
export const settingsInForceSchema = z.object({
  settings: settingsSchema,
  /** Where new projects go now. */
  folder: z.string(),
  /** False until the first project is made there. */
  folderExists: z.boolean(),
  /** Threads that there are. */
  availableThreads: z.number(),
  /** The device that a training would use, and why, in one sentence. */
  device: z.object({ kind: z.enum(['cpu', 'gpu']), name: z.string(), why: z.string() }),
});
