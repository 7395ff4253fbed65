import type { JobEvent, JobInfo } from '../job-info.ts';

/**
 * The stream of job changes, which a listener can leave and join again.
 *
 * An event carries the whole job as it then was, so of several events of one job only the newest matters. The log
 * keeps exactly that one per job: a listener that joins late (or is slow) gets the newest event of every job that
 * changed since the id it knows, in the order of the ids. It can thereby fall behind by any amount without missing
 * anything that still matters, and memory stays at one event per job.
 */
export class EventLog {
  #lastId = 0;
  /** By job id; the order of insertion is the order of event ids. */
  readonly #newest = new Map<string, JobEvent>();
  readonly #waiting = new Set<() => void>();
  #closed = false;

  get lastId(): number {
    return this.#lastId;
  }

  publish(job: JobInfo): void {
    this.#newest.delete(job.id);
    this.#newest.set(job.id, { id: ++this.#lastId, job });
    this.#wake();
  }

  forget(jobId: string): void {
    this.#newest.delete(jobId);
  }

  /** Ends every listener once it has seen what is left. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Events after the id `after` (0: the newest event of every job there is), then live until `signal` fires. */
  async *after(after = 0, signal?: AbortSignal): AsyncGenerator<JobEvent, void, void> {
    let seen = after;
    while (!signal?.aborted) {
      const news = [...this.#newest.values()].filter((event) => event.id > seen);
      for (const event of news) {
        if (signal?.aborted) return;
        seen = event.id;
        yield event;
      }
      if (news.length > 0) continue;
      if (this.#closed) return;
      await this.#change(signal);
    }
  }

  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
