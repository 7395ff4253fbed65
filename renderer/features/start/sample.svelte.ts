import { jobs } from '../../app/jobs.svelte.ts';
import { navigation } from '../../app/navigation.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { tour } from './tour.svelte.ts';

/** The simulated tissue: made once on a computer, opened as a copy afterwards. */
class Sample {
  making = $state(false);
  /** The jobs that make it, in their order; empty until they are known. */
  jobIds = $state.raw<string[]>([]);
  error = $state.raw<PlainError | null>(null);

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
    try {
      const sample = await core.app.sample();
      this.jobIds = sample.jobs;
      await Promise.all(sample.jobs.map((id) => jobs.whenOver(id)));
      await project.open(sample.project.path);
      navigation.go('explore');
      tour.begin();
    } catch (thrown) {
      this.error = plainError(thrown);
    } finally {
      this.making = false;
    }
  }

  /** Stops making it; what is finished stays for the next time. */
  async cancel(): Promise<void> {
    const going = this.jobIds.filter((id) => ['queued', 'running'].includes(jobs.get(id)?.state ?? ''));
    await Promise.all(going.map((job) => core.jobs.cancel({ job })));
  }
}

export const sample = new Sample();
