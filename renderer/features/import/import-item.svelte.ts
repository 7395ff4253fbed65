import type { z } from 'zod';
import type { inspectionSchema } from '../../../main/contract/entities/dataset.ts';
import type {
  importPreviewSchema,
  labelsPreviewSchema,
  proteinsPreviewSchema,
} from '../../../main/contract/entities/import-preview.ts';
import { jobs, type Job } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { titleOf } from '../../files/sort-dropped.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';

export type Inspection = z.infer<typeof inspectionSchema>;
export type ImportPreview = z.infer<typeof importPreviewSchema>;
export type LabelsFit = z.infer<typeof labelsPreviewSchema>;
export type ProteinsFit = z.infer<typeof proteinsPreviewSchema>;

/** Bytes of a compressed list of molecules from which a preview would take more than a few seconds. */
const LONG_LIST = 50e6;

/** One file or folder on its way into the project: what was found in it, what was chosen, and how far it is. */
export class ImportItem {
  readonly path: string;
  name = $state('');
  inspection = $state.raw<Inspection | null>(null);
  preview = $state.raw<ImportPreview | null>(null);
  /** Why it cannot be read. */
  error = $state.raw<PlainError | null>(null);
  /** Why it was not imported. */
  importError = $state.raw<PlainError | null>(null);
  options = $state.raw<Record<string, string>>({});
  labelsPath = $state<string | null>(null);
  labelsFit = $state.raw<LabelsFit | null>(null);
  labelsError = $state.raw<PlainError | null>(null);
  /** A file of surface proteins of the same cells. */
  proteinsPath = $state<string | null>(null);
  proteinsFit = $state.raw<ProteinsFit | null>(null);
  proteinsError = $state.raw<PlainError | null>(null);
  looking = $state(false);
  jobId = $state<string | null>(null);
  datasetId = $state<number | null>(null);
  /** Answers of questions that have been asked anew since are dropped. */
  #asked = 0;

  readonly job = $derived<Job | undefined>(this.jobId === null ? undefined : jobs.get(this.jobId));
  readonly state = $derived<'looking' | 'unreadable' | 'ready' | 'importing' | 'imported'>(
    this.datasetId !== null
      ? 'imported'
      : this.jobId !== null
        ? 'importing'
        : this.error !== null
          ? 'unreadable'
          : this.inspection === null
            ? 'looking'
            : 'ready',
  );

  /** A look that waits for further choices. */
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, options: Record<string, string> = {}) {
    this.path = path;
    this.name = titleOf(path);
    this.options = options;
  }

  /** Looks into the file with the options chosen so far. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    clearTimeout(this.#later);
    this.looking = true;
    this.error = null;
    const request = { path: this.path, options: this.options };
    try {
      const inspection = await core.imports.inspect(request);
      if (asked !== this.#asked) return;
      this.inspection = inspection;
      this.looking = false;
      this.labelsFit = null;
      this.labelsError = null;
      this.proteinsFit = null;
      this.proteinsError = null;
      await Promise.all([this.#fitLabels(asked), this.#fitProteins(asked)]);
      // The first bins of a list of molecules are known only when all of it has been read.
      const isLong = inspection.format === 'gem' && inspection.fileBytes > LONG_LIST;
      const preview = isLong ? null : await core.imports.preview(request);
      if (asked === this.#asked) this.preview = preview;
    } catch (thrown) {
      if (asked === this.#asked) this.error = plainError(thrown);
    } finally {
      if (asked === this.#asked) this.looking = false;
    }
  }

  /** True until it is known whether the chosen labels and proteins fit. */
  readonly comparing = $derived(
    this.error === null &&
      ((this.labelsPath !== null && this.labelsFit === null && this.labelsError === null) ||
        (this.proteinsPath !== null && this.proteinsFit === null && this.proteinsError === null)),
  );

  /** Sets an option of the format, and looks again: other genomes and features have other numbers. */
  async choose(key: string, value: string): Promise<void> {
    this.options = { ...this.options, [key]: value };
    await this.look();
  }

  /** Sets all options at once, and looks again after a moment in which more may be chosen. */
  chooseLater(options: Record<string, string>): void {
    this.options = options;
    this.looking = true;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.look(), 300);
  }

  async useLabels(path: string | null): Promise<void> {
    this.labelsPath = path;
    this.labelsFit = null;
    this.labelsError = null;
    if (path !== null && this.inspection !== null && !this.looking) await this.#fitLabels(this.#asked);
  }

  async useProteins(path: string | null): Promise<void> {
    this.proteinsPath = path;
    this.proteinsFit = null;
    this.proteinsError = null;
    if (path !== null && this.inspection !== null && !this.looking) await this.#fitProteins(this.#asked);
  }

  /** Brings it into the open project; resolves when that is over, well or not. */
  async import(): Promise<void> {
    this.importError = null;
    try {
      const { job } = await core.imports.start({
        project: project.uuid,
        path: this.path,
        options: this.options,
        labels:
          this.labelsPath !== null && this.labelsFit !== null && this.labelsFit.matched > 0
            ? this.labelsPath
            : undefined,
        proteins: (this.proteinsFit?.matched ?? 0) > 0 ? (this.proteinsPath ?? undefined) : undefined,
        name: this.name.trim() || titleOf(this.path),
      });
      this.jobId = job;
      const over = await jobs.whenOver(job);
      const { datasets } = over.result as { datasets: { id: number }[] };
      this.datasetId = datasets[0]?.id ?? null;
    } catch (thrown) {
      const failed = this.job?.error;
      const error = failed ?? plainError(thrown);
      this.importError = error.code === 'cancelled' ? null : error;
    } finally {
      if (this.datasetId === null) this.jobId = null;
    }
  }

  async cancel(): Promise<void> {
    if (this.jobId !== null) await core.jobs.cancel({ job: this.jobId });
  }

  async #fitProteins(asked: number): Promise<void> {
    const proteins = this.proteinsPath;
    if (proteins === null) return;
    const isStill = (): boolean => asked === this.#asked && proteins === this.proteinsPath;
    try {
      const fit = await core.imports.proteins({ path: this.path, options: this.options, proteins });
      if (isStill()) this.proteinsFit = fit;
    } catch (thrown) {
      if (isStill()) this.proteinsError = plainError(thrown);
    }
  }

  async #fitLabels(asked: number): Promise<void> {
    const labels = this.labelsPath;
    if (labels === null) return;
    try {
      const fit = await core.imports.labels({ path: this.path, options: this.options, labels });
      if (asked === this.#asked && labels === this.labelsPath) this.labelsFit = fit;
    } catch (thrown) {
      if (asked === this.#asked && labels === this.labelsPath) this.labelsError = plainError(thrown);
    }
  }
}
