import { z } from 'zod';

/** An open project; `uuid` names it in every other procedure. */
export const projectInfoSchema = z.object({
  path: z.string(),
  uuid: z.string(),
  title: z.string(),
  createdAt: z.string(),
  appVersion: z.string(),
  version: z.number(),
  fileBytes: z.number(),
});

/** A line of the recent list; `exists` is false when the file was moved or deleted outside Lacuna. */
export const recentProjectSchema = z.object({
  path: z.string(),
  title: z.string(),
  openedAt: z.string(),
  exists: z.boolean(),
  /** Address of its picture on this server; null when it has none. */
  thumbnail: z.string().nullable(),
});
