import type { z } from 'zod';
import type { columnSummarySchema } from '../../../main/contract/entities/dataset.ts';
import type { clusteringInfoSchema, embeddingInfoSchema } from '../../../main/contract/entities/run.ts';
import { isTissue } from '../../../main/contract/words/tissue-names.ts';
import { project, type RunInfo } from '../../app/project.svelte.ts';
import { formatCount } from '../../design/format.ts';
import { core } from '../../rpc/client.ts';
import { estimateExport } from './estimate-export.ts';
import {
  DENOISED_VALUES,
  EXPORTS,
  PICTURES,
  type DenoisedValues,
  type ExportRequest,
  type FigureKind,
  type Format,
  type Palette,
  type PictureId,
  type Scale,
  type What,
} from './export-options.ts';
import { folderOf, suggestedName, withEnding } from './file-names.ts';

type EmbeddingInfo = z.infer<typeof embeddingInfoSchema>;
type ClusteringInfo = z.infer<typeof clusteringInfoSchema>;
type ColumnSummary = z.infer<typeof columnSummarySchema>;

/** The core writes no larger matrices as text: no spreadsheet opens them. */
const MAX_TEXT_VALUES = 20_000_000;

/** What the person wants exported: the choices, and what they come to. */
export class ExportForm {
  what = $state<What>('denoised');
  /** By kind, so that going back and forth forgets nothing. */
  formats = $state<Partial<Record<What, Format>>>({});
  runId = $state<number | null>(null);
  /** Compressed counts: whether a count network is trained for them. */
  network = $state(false);
  scale = $state<Scale>('log');
  values = $state<DenoisedValues>('denoised');
  /** An .h5ad also gets the dropout probabilities. */
  dropout = $state(false);
  pictureId = $state<PictureId | null>(null);
  /** Figure: positions of the dataset that are drawn in place of a picture of a space. */
  positions = $state<string | null>(null);
  space = $state<'latent' | 'denoised' | 'data'>('latent');
  figure = $state<FigureKind>('embedding');
  colourBy = $state<'column' | 'gene'>('column');
  /** Obs column or clustering; '' lets the core choose. */
  column = $state('');
  gene = $state('');
  geneDenoised = $state(false);
  palette = $state<Palette>('viridis');
  /** Null: the name of the run. */
  title = $state<string | null>(null);
  widthMm = $state<85 | 174>(85);
  dpi = $state(300);
  /** Null: where there are many. */
  pointsAsPicture = $state<boolean | null>(null);
  /** What the report of the project does not tell of. */
  leftOutDatasets = $state.raw<readonly number[]>([]);
  leftOutRuns = $state.raw<readonly number[]>([]);
  /** Null: the suggestion. */
  name = $state<string | null>(null);
  /** Null: beside the project file. */
  folder = $state<string | null>(null);

  embeddings = $state.raw<EmbeddingInfo[]>([]);
  clusterings = $state.raw<ClusteringInfo[]>([]);
  columns = $state.raw<ColumnSummary[]>([]);

  readonly run = $derived<RunInfo | null>(
    project.doneRuns.find((run) => run.id === this.runId) ??
      project.doneRuns.find((run) => run.id === project.runId) ??
      // A floor that was run last is hardly what somebody wants to take along.
      project.doneRuns.findLast((run) => run.hasLatent) ??
      project.doneRuns.at(-1) ??
      null,
  );
  readonly kind = $derived(EXPORTS.find(({ id }) => id === this.what)!);
  readonly format = $derived(
    this.kind.formats.find(({ id }) => id === this.formats[this.what]) ?? this.kind.formats[0],
  );
  readonly hasDropout = $derived(this.run?.countValues.includes('dropout') ?? false);
  /** Which values a count model can give; the only ones of others. */
  readonly valuesChoices = $derived(
    DENOISED_VALUES.filter(({ id }) => id === 'denoised' || this.run?.countValues.includes(id)),
  );
  readonly shownValues = $derived<DenoisedValues>(
    this.valuesChoices.some(({ id }) => id === this.values) ? this.values : 'denoised',
  );
  /** The report as a page tells of many runs, which are chosen one by one. */
  readonly isProjectReport = $derived(this.what === 'report' && this.format.id === 'html');
  /** Counts are those of a dataset, whatever was run on it. */
  readonly isOfDataset = $derived(this.what === 'compressed');
  /** Scores and their heat map are about all runs; the counts are about none. */
  readonly isOfAllRuns = $derived(
    this.what === 'scores' ||
      this.isOfDataset ||
      (this.what === 'figure' && this.figure === 'scores') ||
      this.isProjectReport,
  );
  /** The picture chosen, else the best that is there, else a UMAP. */
  readonly picture = $derived.by(() => {
    const chosen = PICTURES.find(({ id }) => id === this.pictureId);
    return chosen ?? PICTURES.find(({ method, nDim }) => this.stored(method, nDim) !== undefined) ?? PICTURES[0];
  });
  /** Positions that a figure can be a map of. */
  readonly maps = $derived((project.dataset?.obsm ?? []).filter(({ name, nDim }) => nDim >= 2 && isTissue(name)));
  readonly map = $derived(this.maps.find(({ name }) => name === this.positions)?.name ?? null);
  readonly storedPicture = $derived(this.stored(this.picture.method, this.picture.nDim));
  /** Colour of numbers matters only where numbers colour the figure. */
  readonly isNumeric = $derived(
    this.colourBy === 'gene' || this.columns.find(({ name }) => name === this.column)?.kind === 'numeric',
  );
  readonly fileName = $derived.by(() => {
    const of =
      this.isOfAllRuns || this.run === null
        ? ((this.isOfDataset ? project.dataset?.name : project.info?.title) ?? '')
        : `${project.dataset?.name ?? ''} ${this.run.method} ${this.run.preset} seed ${this.run.seed}`;
    return this.name === null
      ? suggestedName(this.what, of, this.format.ending, this.figure)
      : withEnding(this.name.trim(), this.format.ending);
  });
  readonly targetFolder = $derived(this.folder ?? folderOf(project.info?.path ?? ''));
  readonly shownTitle = $derived(this.title ?? (this.isOfAllRuns ? 'Scores' : (this.run?.name ?? '')));

  /** Why nothing can be written, in plain words; null when it can. */
  readonly problem = $derived.by(() => {
    if (!this.isOfAllRuns && this.run === null) return 'There is no finished run yet.';
    if (this.isOfDataset && project.dataset?.valueKind !== 'counts')
      return 'Only counts (whole numbers) can be compressed, and this dataset holds other values.';
    if (this.what === 'latent' && !this.run?.hasLatent)
      return `${this.run?.name} has no latent: it is a floor. Choose another run.`;
    if (this.usesPicture && !this.isMap && this.space === 'latent' && !this.run?.hasLatent)
      return `${this.run?.name} has no latent to picture. Choose the denoised matrix as the space.`;
    const values = (this.run?.nObs ?? 0) * (this.run?.nVar ?? 0);
    if (this.what === 'denoised' && this.format.isText && values > MAX_TEXT_VALUES)
      return `${formatCount(values)} values are too many for a text file: at most ${formatCount(MAX_TEXT_VALUES)}. Choose AnnData or a 10x format.`;
    if (this.what === 'clusters' && this.clusterings.length === 0)
      return 'This run has no clusters yet. Score it first, or cluster it in Explore.';
    if (this.what === 'figure' && this.figure === 'embedding' && this.colourBy === 'gene' && this.gene.trim() === '')
      return 'Choose the gene that colours the figure.';
    if (this.isProjectReport && project.datasets.every(({ id }) => this.leftOutDatasets.includes(id)))
      return 'Choose at least one dataset for the report.';
    if (!/[^\s.]/.test(this.fileName) || /[\\/:*?"<>|]/.test(this.fileName))
      return 'The file name must be plain: without \\ / : * ? " < > |';
    return null;
  });
  readonly usesPicture = $derived(this.what === 'embedding' || (this.what === 'figure' && this.figure === 'embedding'));

  readonly isMap = $derived(this.what === 'figure' && this.figure === 'embedding' && this.map !== null);

  readonly estimate = $derived.by(() => {
    const run = this.run;
    const { latentSize, nComponents, latentDim } = run?.parameters ?? {};
    const nLatent = [latentSize, nComponents, latentDim].find((value) => typeof value === 'number') ?? 32;
    return estimateExport({
      what: this.what,
      format: this.format.id,
      nObs: this.what === 'figure' && this.figure !== 'embedding' ? 0 : (run?.nObs ?? project.dataset?.nObs ?? 0),
      nVar: run?.nVar ?? project.dataset?.nVar ?? 0,
      nnz: project.dataset?.nnz ?? 0,
      nLatent,
      nDim: this.picture.nDim,
      nClusterings: this.clusterings.length,
      nRuns: project.doneRuns.filter(
        ({ id, datasetId }) => !this.leftOutRuns.includes(id) && !this.leftOutDatasets.includes(datasetId),
      ).length,
      dpi: this.dpi,
      widthMm: this.widthMm,
    });
  });

  /** The request, without where it goes. A PNG is drawn from the SVG. */
  readonly request = $derived.by<ExportRequest>(() => {
    const { picture, storedPicture, gene } = this;
    const request: ExportRequest = { what: this.what, format: this.format.id === 'png' ? 'svg' : this.format.id };
    if (!this.isOfAllRuns) request.runId = this.run?.id;
    if (this.isProjectReport) {
      // Nothing left out is 'all of it', also of what is added later.
      const kept = (ids: number[], leftOut: readonly number[]): number[] | null =>
        ids.some((id) => leftOut.includes(id)) ? ids.filter((id) => !leftOut.includes(id)) : null;
      request.reportDatasets = kept(
        project.datasets.map(({ id }) => id),
        this.leftOutDatasets,
      );
      request.reportRuns = kept(
        project.doneRuns.map(({ id }) => id),
        this.leftOutRuns,
      );
    }
    if (this.isOfDataset) {
      request.datasetId = project.dataset?.id;
      request.network = this.network;
    }
    if (this.what === 'denoised') {
      request.scale = this.scale;
      request.values = this.shownValues;
      request.dropout = this.dropout && this.hasDropout && this.format.id === 'h5ad';
    }
    if (this.usesPicture) {
      // The parameters of a picture that is there name it; without them another would be made.
      request.embedding = {
        method: picture.method,
        nDim: picture.nDim,
        space: this.space,
        parameters: storedPicture?.parameters ?? {},
      };
    }
    if (this.what === 'figure') {
      request.figure = this.figure;
      request.widthMm = this.widthMm;
      request.title = this.shownTitle;
      if (this.figure === 'embedding') {
        request.palette = this.palette;
        if (this.map !== null) request.positions = this.map;
        if (this.colourBy === 'gene') request.colour = `${this.geneDenoised ? 'denoised' : 'gene'}:${gene.trim()}`;
        else if (this.column !== '') request.colour = this.column;
      }
    }
    return request;
  });

  stored(method: string, nDim: number): EmbeddingInfo | undefined {
    return this.embeddings.findLast((info) => info.kind === method && info.nDim === nDim && info.space === this.space);
  }

  /** Pictures and clusterings of the run, columns of its dataset. */
  async load(): Promise<void> {
    const { run } = this;
    if (run === null) {
      this.embeddings = [];
      this.clusterings = [];
      return;
    }
    const uuid = project.uuid;
    const [embeddings, clusterings, columns] = await Promise.all([
      core.analysis.embeddings({ project: uuid, run: run.id }),
      core.analysis.clusterings({ project: uuid, run: run.id }),
      core.datasets.columns({ project: uuid, dataset: run.datasetId }),
    ]);
    if (run.id !== this.run?.id) return;
    this.embeddings = embeddings;
    this.clusterings = clusterings;
    this.columns = columns;
  }
}

/** Clusterings under the names that exports give them: 'kmeans_latent', and a number for the second of a kind. */
export function clusteringNames(clusterings: readonly { kind: string; space: string }[]): string[] {
  const used: Record<string, number> = {};
  return clusterings.map(({ kind, space }) => {
    const base = `${kind}_${space}`;
    used[base] = (used[base] ?? 0) + 1;
    return used[base] === 1 ? base : `${base}_${used[base]}`;
  });
}
