import { freemem, totalmem } from 'node:os';
import { availableParallelism } from 'node:os';
import { preparedBackend } from '../../engine/prepared-backend.ts';
import { version } from '../../version.ts';
import { analysis } from './analysis-procedures.ts';
import { datasets } from './datasets-procedures.ts';
import { os } from './implementer.ts';
import { imports } from './imports-procedures.ts';
import { jobs } from './jobs-procedures.ts';
import { projects } from './projects-procedures.ts';
import { methods, runs } from './runs-procedures.ts';

const app = {
  info: os.app.info.handler(() => ({
    version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    threads: availableParallelism(),
    totalMemoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    backend: preparedBackend(),
  })),
};

/** Every procedure of the contract; a missing one does not compile. */
export const router = os.router({ app, projects, imports, datasets, methods, runs, analysis, jobs });
