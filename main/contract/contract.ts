import { annotations } from './procedures/annotations.ts';
import { app, settings } from './procedures/app.ts';
import { benchmarks } from './procedures/benchmarks.ts';
import { comparison } from './procedures/comparison.ts';
import { datasets } from './procedures/datasets.ts';
import { files } from './procedures/files.ts';
import { imports } from './procedures/imports.ts';
import { jobs } from './procedures/jobs.ts';
import { markers } from './procedures/markers.ts';
import { projects } from './procedures/projects.ts';
import { readyStudies } from './procedures/ready-studies.ts';
import { analysis, methods, runs } from './procedures/runs.ts';
import { searches, studies } from './procedures/searches.ts';

/**
 * Everything that a window, a script or another program can ask of Lacuna: typed procedures over fetch at `/rpc`.
 * Arrays and files travel as bytes instead; see `bulk-routes.ts`.
 */
export const contract = {
  app,
  settings,
  files,
  projects,
  imports,
  datasets,
  annotations,
  markers,
  comparison,
  methods,
  runs,
  analysis,
  benchmarks,
  searches,
  studies,
  readyStudies,
  jobs,
};
export type LacunaContract = typeof contract;
