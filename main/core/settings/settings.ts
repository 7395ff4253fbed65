import { z } from 'zod';

/** What a person has chosen for this computer; kept in their folder, not in projects. */
export const settingsSchema = z.object({
  /** Threads that a training uses; null: all. */
  threads: z.int().min(1).max(1024).nullable().default(null),
  device: z.enum(['auto', 'cpu', 'gpu']).default('auto'),
  /** Where new projects go; null: the usual place. */
  folder: z.string().min(1).nullable().default(null),
  /** Colours of the window. */
  theme: z.enum(['system', 'light', 'dark']).default('system'),
});
export type Settings = z.infer<typeof settingsSchema>;
export type ThemeChoice = Settings['theme'];
