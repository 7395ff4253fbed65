import { availableParallelism, freemem, totalmem } from 'node:os';
import { openSample } from '../../core/sample/open-sample.ts';
import { SampleCache } from '../../core/sample/sample-cache.ts';
import { projectFolder } from '../../core/settings/project-folder.ts';
import { preparedBackend } from '../../engine/prepared-backend.ts';
import { version } from '../../version.ts';
import { os } from './implementer.ts';

/** About the application itself. */
export const app = {
  info: os.app.info.handler(() => ({
    version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    threads: availableParallelism(),
    totalMemoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    backend: preparedBackend(),
  })),
  sample: os.app.sample.handler(async ({ context: { core, recent, settings } }) => {
    const folder = projectFolder(settings.get());
    const { project, datasetId, runIds, jobIds } = await openSample(
      core,
      folder,
      new SampleCache(settings.configFolder),
    );
    const info = project.info();
    recent.add(info.path, info.title);
    return { project: info, dataset: datasetId, runs: runIds, ready: jobIds.length === 0, jobs: jobIds };
  }),
};
