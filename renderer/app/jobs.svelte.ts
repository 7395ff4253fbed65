import { getEventMeta } from '@orpc/client';
import { SvelteSet } from 'svelte/reactivity';
import type { z } from 'zod';
import type { jobInfoSchema } from '../../main/contract/entities/job.ts';
import { core } from '../rpc/client.ts';

export type Job = z.infer<typeof jobInfoSchema>;

/** Every job that the core knows, kept up to date by its event stream. */
class Jobs {
  list = $state.raw<Job[]>([]);
  /** False while the core cannot be reached. */
  connected = $state(true);
  #lastEventId: string | undefined;
  /** Jobs that a screen runs for itself, such as a preview: nobody asked for them, so nobody is told that they are done. */
  readonly asides = new SvelteSet<string>();
  #listeners = new Set<(job: Job) => void>();
  #following = false;

  readonly active = $derived(this.list.filter((job) => job.state === 'queued' || job.state === 'running'));

  get(id: string): Job | undefined {
    return this.list.find((job) => job.id === id);
  }

  forRun(project: string, runId: number): Job | undefined {
    return this.list.findLast((job) => job.kind === 'train' && job.project === project && job.runId === runId);
  }

  /** Calls back for every change of a job; the answer stops it. */
  onChange(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the job is over: with the job when it is done, else rejects with its plain words. */
  whenOver(id: string): Promise<Job> {
    return new Promise((resolve, reject) => {
      const look = (job: Job | undefined): boolean => {
        if (job?.id !== id || job.state === 'queued' || job.state === 'running') return false;
        if (job.state === 'done') resolve(job);
        else reject(Object.assign(new Error(job.error?.what ?? 'Cancelled.'), { job }));
        return true;
      };
      if (look(this.get(id))) return;
      const stop = this.onChange((job) => {
        if (look(job)) stop();
      });
    });
  }

  /** Follows the stream for as long as the window is open, joining again where it was cut off. */
  async follow(): Promise<void> {
    if (this.#following) return;
    this.#following = true;
    for (;;) {
      try {
        const stream = await core.jobs.events(undefined, { lastEventId: this.#lastEventId });
        this.connected = true;
        for await (const event of stream) {
          this.#lastEventId = getEventMeta(event)?.id ?? this.#lastEventId;
          this.#put(event.job);
        }
      } catch {
        this.connected = false;
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  #put(job: Job): void {
    const at = this.list.findIndex((other) => other.id === job.id);
    this.list = at === -1 ? [...this.list, job] : this.list.with(at, job);
    for (const listener of this.#listeners) listener(job);
  }
}

export const jobs = new Jobs();
