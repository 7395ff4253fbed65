import { analysis } from './analysis-procedures.ts';
import { annotations } from './annotations-procedures.ts';
import { app } from './app-procedures.ts';
import { benchmarks } from './benchmarks-procedures.ts';
import { comparison } from './comparison-procedures.ts';
import { datasets } from './datasets-procedures.ts';
import { files } from './files-procedures.ts';
import { os } from './implementer.ts';
import { imports } from './imports-procedures.ts';
import { jobs } from './jobs-procedures.ts';
import { markers } from './markers-procedures.ts';
import { projects } from './projects-procedures.ts';
import { readyStudies } from './ready-studies-procedures.ts';
import { methods, runs } from './runs-procedures.ts';
import { searches, studies } from './searches-procedures.ts';
import { settings } from './settings-procedures.ts';

/** Every procedure of the contract; a missing one does not compile. */
export const router = os.router({
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
});
