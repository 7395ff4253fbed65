import { LacunaError } from '../errors/lacuna-error.ts';
import { isProcessAlive } from '../jobs/process-mark.ts';
import { createProject } from '../projects/create-project.ts';
import { openProject } from '../projects/open-project.ts';
import type { Project } from '../projects/project.types.ts';

/** The projects that this process has open, each once. */
export class OpenProjects {
  readonly #byUuid = new Map<string, Project>();
  readonly #isOurJob: (projectUuid: string, runId: number) => boolean;

  /** @param isOurJob whether a job of this process works on a run */
  constructor(isOurJob: (projectUuid: string, runId: number) => boolean) {
    this.#isOurJob = isOurJob;
  }

  create(path: string, title?: string): Project {
    return this.#add(createProject(path, { title }));
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
    project.close();
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
