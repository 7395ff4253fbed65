import { z } from 'zod';
import { procedure } from './procedures/base.ts';
import { datasets } from './procedures/datasets.ts';
import { imports } from './procedures/imports.ts';
import { jobs } from './procedures/jobs.ts';
import { projects } from './procedures/projects.ts';
import { analysis, methods, runs } from './procedures/runs.ts';

/** About the application itself, for the help and settings screens. */
const app = {
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
};

/**
 * Everything that a window, a script or another program can ask of Lacuna: typed procedures over fetch at `/rpc`.
 * Arrays travel as bytes instead; see `bulk-routes.ts`.
 */
export const contract = { app, projects, imports, datasets, methods, runs, analysis, jobs };
export type LacunaContract = typeof contract;
