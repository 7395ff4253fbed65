import { fileRoutes } from '../../../main/contract/bulk-routes.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { ExportRequest } from './export-options.ts';

/** The report of the project as it would be written, made by the same job that writes it. */
export class ReportPreview {
  html = $state.raw<string | null>(null);
  /** The request that `html` answers, as JSON. */
  writtenFor = $state<string | null>(null);
  error = $state.raw<PlainError | null>(null);
  busy = $state(false);
  #job = $state<string | null>(null);
  #asked = 0;

  readonly stage = $derived(jobs.active.find(({ id }) => id === this.#job)?.progress?.stage ?? 'Writing');
  readonly fraction = $derived(jobs.active.find(({ id }) => id === this.#job)?.progress?.fraction ?? null);

  /** Writes it; an earlier one that is not done is stopped. */
  async write(request: ExportRequest): Promise<void> {
    const asked = ++this.#asked;
    await this.#stop();
    this.busy = true;
    this.error = null;
    try {
      const { job } = await core.analysis.exportForDownload({
        ...request,
        project: project.uuid,
        name: 'preview of the report.html',
      });
      this.#job = job;
      jobs.asides.add(job);
      if (asked !== this.#asked) return await this.#stop();
      await jobs.whenOver(job);
      const html = await (await fetch(fileRoutes.download(job))).text();
      if (asked !== this.#asked) return;
      this.html = html;
      this.writtenFor = JSON.stringify(request);
    } catch (thrown) {
      if (asked !== this.#asked) return;
      const failed = (thrown as { job?: { state: string; error: PlainError | null } }).job;
      if (failed?.state === 'cancelled') this.error = { code: 'cancelled', what: 'Writing was cancelled.', remedy: '' };
      else this.error = failed?.error ?? plainError(thrown);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  /** Stops what is being written, and forgets the rest. */
  close(): void {
    this.#asked += 1;
    this.busy = false;
    this.html = null;
    void this.#stop();
  }

  async #stop(): Promise<void> {
    const job = jobs.active.find(({ id }) => id === this.#job);
    this.#job = null;
    if (job !== undefined) await core.jobs.cancel({ job: job.id }).catch(() => {});
  }
}
