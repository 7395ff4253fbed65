import type { LacunaCore } from '../lacuna-core.ts';
import { makeProjectFolder } from '../files/make-project-folder.ts';
import { freePath } from '../files/free-path.ts';
import type { Project } from '../../projects/project.types.ts';
import { makeSample } from './make-sample.ts';
import type { SampleCache } from './sample-cache.ts';

/** An open project with a simulated tissue, and what is still being made of it. */
export interface OpenSample {
  project: Project;
  datasetId: number;
  runIds: number[];
  /** Jobs to wait for, in their order; empty when everything is there. */
  jobIds: string[];
}

const title = 'Simulated tissue';

/**
 * Opens a project of its own with a simulated tissue, trained and scored. The first one on a computer is made step by
 * step (the dataset at once, the rest as jobs) and kept as a pattern; later ones are copies of it.
 *
 * @param folder where the project goes; made where it is missing
 * @param make fills an empty project; other than the default in tests alone
 * @throws LacunaError `no-access`, `disk-full`
 */
export async function openSample(
  core: LacunaCore,
  folder: string,
  cache: SampleCache,
  make: typeof makeSample = makeSample,
): Promise<OpenSample> {
  makeProjectFolder(folder);
  const path = freePath(folder, `${title}.lacuna`);
  if (await cache.copyTo(path)) {
    const project = core.openProject(path);
    const [dataset] = project.datasets.list();
    return { project, datasetId: dataset.id, runIds: project.runs.list().map((run) => run.id), jobIds: [] };
  }
  const project = core.createProject(path, title);
  const sample = await make(core, project);
  void keepWhenDone(core, project, sample.jobIds, cache);
  return { project, ...sample };
}

/** The pattern is a convenience: whatever comes between is no reason to tell anybody. */
async function keepWhenDone(core: LacunaCore, project: Project, jobIds: string[], cache: SampleCache): Promise<void> {
  try {
    const jobs = await Promise.all(jobIds.map((id) => core.jobs.whenOver(id)));
    if (jobs.every((job) => job.state === 'done')) await cache.keep(project);
  } catch {
    // The project was closed, or the disk is full: the next one is made anew.
  }
}
