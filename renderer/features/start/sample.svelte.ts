import { jobs } from '../../app/jobs.svelte.ts';
import { navigation } from '../../app/navigation.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { recent } from './recent.svelte.ts';
import { tour } from './tour.svelte.ts';

/** The simulated tissue: made once on a computer, opened as a copy afterwards. */
class Sample {
  making = $state(false);
  /** The jobs that make it, in their order; empty until they are known. */
  jobIds = $state.raw<string[]>([]);
  error = $state.raw<PlainError | null>(null);
  #stopped = false;

  /** 0 … 1 over all jobs; null until they are known. */
  readonly fraction = $derived.by(() => {
    if (this.jobIds.length === 0) return null;
    const done = this.jobIds.map((id) => {
      const job = jobs.get(id);
      return job?.state === 'done' ? 1 : (job?.progress?.fraction ?? 0);
    });
    return done.reduce((sum, one) => sum + one, 0) / done.length;
  });

  /** What is being done now: 'Training AE · seed 1'. */
  readonly stage = $derived(
    this.jobIds.map((id) => jobs.get(id)).find((job) => job?.state === 'running')?.title ?? 'Simulating a tissue',
  );

  /** Opens it at Explore, with the walk-through. */
  async open(): Promise<void> {
    if (this.making) return;
    this.making = true;
    this.error = null;
    this.jobIds = [];
    this.#stopped = false;
    try {
      const sample = await core.app.sample();
      this.jobIds = sample.jobs;
      try {
        await Promise.all(sample.jobs.map(pictureIsThere));
      } catch (thrown) {
        // It was made for looking at; a half-made one is of no use.
        await this.#discard(sample.project);
        if (this.#stopped) return;
        throw thrown;
      }
      await project.open(sample.project.path);
      navigation.go('explore');
      tour.begin();
    } catch (thrown) {
      this.error = plainError(thrown);
    } finally {
      this.making = false;
    }
  }

  /** Stops making it, and leaves nothing behind. */
  async cancel(): Promise<void> {
    this.#stopped = true;
    const going = this.jobIds.filter((id) => ['queued', 'running'].includes(jobs.get(id)?.state ?? ''));
    await Promise.all(going.map((job) => core.jobs.cancel({ job })));
  }

  async #discard({ uuid, path }: { uuid: string; path: string }): Promise<void> {
    await core.projects.close({ project: uuid });
    await core.projects.remove({ path });
    await recent.refresh();
  }
}

/** Resolves when a job is over, or need not be waited for: figures of scores may come while the person looks around. */
async function pictureIsThere(id: string): Promise<void> {
  const { kind } = await core.jobs.get({ job: id });
  if (kind !== 'score') await jobs.whenOver(id);
}

export const sample = new Sample();
