import { LacunaError } from '../errors/lacuna-error.ts';
import { isProcessAlive } from '../jobs/process-mark.ts';
import { createProject } from '../projects/create-project.ts';
import { deleteProject } from '../projects/delete-project.ts';
import { openProject } from '../projects/open-project.ts';
import type { Project } from '../projects/project.types.ts';

/** The projects that this process has open, each once. */
export class OpenProjects {
  readonly #byUuid = new Map<string, Project>();
  /** Made for an import that has not come to anything yet. */
  readonly #provisional = new Set<string>();
  readonly #isOurJob: (projectUuid: string, runId: number) => boolean;

  /** @param isOurJob whether a job of this process works on a run */
  constructor(isOurJob: (projectUuid: string, runId: number) => boolean) {
    this.#isOurJob = isOurJob;
  }

  /** @param provisional its file goes again when it is closed before `keep` was called */
  create(path: string, title?: string, provisional = false): Project {
    const project = this.#add(createProject(path, { title }));
    if (provisional) this.#provisional.add(project.info().uuid);
    return project;
  }

  /** A provisional project has got something to hold. */
  keep(uuid: string): void {
    this.#provisional.delete(uuid);
  }

  open(path: string): Project {
    const open = this.list().find((project) => project.path === path);
    if (open) return open;
    const project = openProject(path);
    const twin = this.#byUuid.get(project.info().uuid);
    if (twin && twin.path === project.path) {
      project.close();
      return twin;
    }
    this.#interruptLostRuns(project);
    return this.#add(project);
  }

  list(): Project[] {
    return [...this.#byUuid.values()];
  }

  find(uuid: string): Project | undefined {
    return this.#byUuid.get(uuid);
  }

  get(uuid: string): Project {
    const project = this.find(uuid);
    if (!project) throw new LacunaError('not-found', 'This project is not open.', 'Open it first.', { project: uuid });
    return project;
  }

  close(uuid: string): void {
    const project = this.get(uuid);
    this.#byUuid.delete(uuid);
    const isEmpty = this.#provisional.delete(uuid) && project.datasets.list().length === 0;
    project.close();
    if (isEmpty) discard(project.path);
  }

  #add(project: Project): Project {
    const { uuid } = project.info();
    const other = this.#byUuid.get(uuid);
    if (other) {
      project.close();
      throw new LacunaError(
        'bad-request',
        `A copy of this project is open: ${other.path}.`,
        'Close it before you open this one.',
      );
    }
    this.#byUuid.set(uuid, project);
    return project;
  }

  /** After a crash or a power cut: runs that wait or train although nobody works on them can be resumed. */
  #interruptLostRuns(project: Project): void {
    const { uuid } = project.info();
    const isWorkedOn = (runId: number) =>
      this.#isOurJob(uuid, runId) || isProcessAlive(project.runs.get(runId).versions.process);
    for (const run of project.runs.list()) {
      if (run.state === 'queued' && !isWorkedOn(run.id)) project.runs.update(run.id, { state: 'interrupted' });
    }
    project.runs.markInterrupted(isWorkedOn);
  }
}

/** An empty file that cannot be deleted, because another program looks at it, does no harm. */
function discard(path: string): void {
  try {
    deleteProject(path);
  } catch (thrown) {
    if (!(thrown instanceof LacunaError)) throw thrown;
  }
}
