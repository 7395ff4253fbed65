import { fileRoutes } from '../../../main/contract/bulk-routes.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { ExportRequest } from './export-options.ts';
import { withFont } from './figure-svg.ts';

/** The figure as it would be written, made by the same job that writes it. */
export class FigurePreview {
  svg = $state.raw<string | null>(null);
  /** Address of the picture in the page. */
  url = $state<string | null>(null);
  /** The request that `svg` answers, as JSON. */
  drawnFor = $state<string | null>(null);
  error = $state.raw<PlainError | null>(null);
  busy = $state(false);
  #job: string | null = null;
  #asked = 0;

  readonly job = $derived(this.#jobOf());

  #jobOf() {
    return this.busy ? (jobs.active.find((job) => job.id === this.#job) ?? null) : null;
  }

  /** Draws it; an earlier drawing that is not done is stopped. */
  async draw(request: ExportRequest): Promise<void> {
    const asked = ++this.#asked;
    const key = JSON.stringify(request);
    await this.#stop();
    this.busy = true;
    this.error = null;
    try {
      const { job } = await core.analysis.exportForDownload({
        ...request,
        format: 'svg',
        project: project.uuid,
        name: 'preview of a figure.svg',
      });
      this.#job = job;
      jobs.asides.add(job);
      if (asked !== this.#asked) return await this.#stop();
      await jobs.whenOver(job);
      const svg = await (await fetch(fileRoutes.download(job))).text();
      const shown = await withFont(svg);
      if (asked !== this.#asked) return;
      if (this.url !== null) URL.revokeObjectURL(this.url);
      this.svg = svg;
      this.drawnFor = key;
      this.url = URL.createObjectURL(new Blob([shown], { type: 'image/svg+xml' }));
    } catch (thrown) {
      if (asked !== this.#asked) return;
      const failed = (thrown as { job?: { state: string; error: PlainError | null } }).job;
      if (failed?.state === 'cancelled') this.error = { code: 'cancelled', what: 'Drawing was cancelled.', remedy: '' };
      else this.error = failed?.error ?? plainError(thrown);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  /** Forgets the picture and stops what is being drawn. */
  close(): void {
    this.#asked += 1;
    this.busy = false;
    void this.#stop();
    if (this.url !== null) URL.revokeObjectURL(this.url);
    this.url = null;
    this.svg = null;
    this.drawnFor = null;
  }

  async #stop(): Promise<void> {
    const job = jobs.active.find(({ id }) => id === this.#job);
    this.#job = null;
    if (job !== undefined) await core.jobs.cancel({ job: job.id }).catch(() => {});
  }
}
