import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';

export interface LatentPicture {
  run: number;
  title: string;
  /** Null: the run has no such picture yet. */
  values: Float32Array | null;
  nDim: number;
  /** [nObs], the group of each observation of the run; -1 where missing. */
  codes: Int32Array;
}

/** t-SNE pictures of the latents of some runs, coloured by one column of labels. */
export class LatentPictures {
  pictures = $state.raw<LatentPicture[]>([]);
  error = $state.raw<PlainError | null>(null);
  isReading = $state(false);
  isMaking = $state(false);
  #asked = 0;
  #isClosed = false;
  #wanted: { runs: readonly { run: number; title: string }[]; dataset: number; labels: string } | null = null;

  readonly missing = $derived(this.pictures.filter(({ values }) => values === null));

  /** Reads what is stored; what was asked for before is forgotten. */
  async read(runs: readonly { run: number; title: string }[], dataset: number, labels: string): Promise<void> {
    const asked = ++this.#asked;
    this.#wanted = { runs, dataset, labels };
    this.isReading = true;
    this.error = null;
    try {
      const { uuid } = project;
      const column =
        labels === '' ? null : (await fetchArray<Int32Array>(bulkRoutes.obsColumn(uuid, dataset, labels))).values;
      const found = await Promise.all(
        runs.map(async ({ run, title }): Promise<LatentPicture> => {
          const stored = await core.analysis.embeddings({ project: uuid, run });
          const info = stored.find(({ kind, nDim, space }) => kind === 'tsne' && nDim === 2 && space === 'latent');
          const obs = (await fetchArray<Int32Array>(bulkRoutes.runObs(uuid, run))).values;
          const codes = column === null ? new Int32Array(obs.length).fill(-1) : obs.map((at) => column[at]);
          if (info === undefined) return { run, title, values: null, nDim: 2, codes };
          const { values } = await fetchArray(bulkRoutes.embedding(uuid, info.id));
          return { run, title, values, nDim: 2, codes };
        }),
      );
      if (asked === this.#asked) this.pictures = found;
    } catch (thrown) {
      if (asked === this.#asked) this.error = plainError(thrown);
    } finally {
      if (asked === this.#asked) this.isReading = false;
    }
  }

  /** Nobody looks any more: what is being made is finished, nothing else is begun. */
  close(): void {
    this.#isClosed = true;
  }

  /** Makes the pictures that are not there yet, one after the other, each shown as soon as it is there. */
  async make(): Promise<void> {
    this.isMaking = true;
    try {
      for (const { run } of this.missing) {
        if (this.#isClosed) return;
        const { job } = await core.analysis.embed({
          project: project.uuid,
          runId: run,
          space: 'latent',
          method: 'tsne',
          nDim: 2,
        });
        await jobs.whenOver(job);
        if (this.#wanted !== null) await this.read(this.#wanted.runs, this.#wanted.dataset, this.#wanted.labels);
      }
    } catch (thrown) {
      const failed = (thrown as { job?: { error: PlainError | null } }).job;
      this.error = failed?.error ?? plainError(thrown);
    } finally {
      this.isMaking = false;
    }
  }
}
