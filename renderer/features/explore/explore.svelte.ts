import type { z } from 'zod';
import type { annotationStateSchema } from '../../../main/contract/entities/annotation.ts';
import type { GroupSource } from '../../../main/contract/entities/markers.ts';
import type { ContinuousPalette } from '../../../main/contract/palettes/continuous.ts';
import { isTissue } from '../../../main/contract/words/tissue-names.ts';
import { exploreRequest } from '../../app/explore-request.svelte.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { notices } from '../../app/notices.svelte.ts';
import { project, type DatasetInfo, type RunInfo } from '../../app/project.svelte.ts';
import { combineSelection, countSelected, type SelectionMode } from '../../points/combine-selection.ts';
import type { Outlines } from '../../points/outlines.ts';
import type { PointsScene } from '../../points/points-scene.ts';
import type { Backdrop } from '../../points/surface.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { cellOutlines, tissueBackdrop } from '../tissue/tissue-parts.ts';
import { tissueLook } from '../tissue/kept-look.ts';
import type { TissueLook } from '../tissue/tissue-look.svelte.ts';
import { hasOwnScale, ownScale } from './count-kinds.ts';
import { defaultColumn } from './default-column.ts';
import { clustersTitle } from './cluster-spaces.ts';
import { ExploreData } from './explore-data.ts';
import { geneKey } from './explore-types.ts';
import type {
  ClusteringInfo,
  ColourChoice,
  ColumnSummary,
  EmbeddingInfo,
  Gene,
  Groups,
  NumberLabel,
  ValuesKind,
} from './explore-types.ts';
import { hiddenMask, makeGroups, scatterCodes } from './groups.ts';
import { Pane, type PaneContext } from './pane.svelte.ts';
import type { Picture } from './picture-choices.ts';
import { centred, rangesOf, type ValueRange } from './value-range.ts';

export type Layout = 1 | 2 | 3 | 4;
export type Tool = 'move' | 'lasso' | 'box' | 'polygon';

const MOST_GENES = 12;

/** The Explore screen: what its pictures share. Masks and codes are over all observations of the dataset. */
class Explore implements PaneContext {
  data = $state.raw<ExploreData | null>(null);
  layout = $state<Layout>(1);
  columns = $state.raw<ColumnSummary[]>([]);
  clusterings = $state.raw<ClusteringInfo[]>([]);
  embeddings = $state.raw<EmbeddingInfo[]>([]);

  colour = $state.raw<ColourChoice>({ kind: 'none' });
  /** The groups that colour the points, or did so last: the filter and the charts go by them. */
  groups = $state.raw<Groups | null>(null);
  /** Where the groups come from; null for groups that are neither a column nor a clustering. */
  groupSource = $state.raw<GroupSource | null>(null);
  /** Columns that can be changed in the window. */
  annotations = $state.raw<z.infer<typeof annotationStateSchema>[]>([]);
  /** The numeric column that colours the points. */
  numbers = $state.raw<(NumberLabel & { values: Float32Array }) | null>(null);
  colourError = $state.raw<PlainError | null>(null);
  /** The job that finds clusters. */
  colourJob = $state<string | null>(null);
  hiddenCodes = $state.raw<ReadonlySet<number>>(new Set());

  palette = $state<ContinuousPalette>('viridis');
  log = $state(false);
  scale = $state<'log' | 'counts'>('log');
  /** What the person set; null: the range that leaves out the highest hundredth. */
  ownRange = $state.raw<ValueRange | null>(null);

  selected = $state.raw<Uint8Array | null>(null);
  hovered = $state(-1);
  tool = $state<Tool>('move');
  mode = $state<SelectionMode>('replace');
  sizeFactor = $state(1);
  /** How maps of the tissue are drawn. */
  tissue = $state.raw<TissueLook | null>(null);
  /** The picture beneath them. */
  backdrop = $state.raw<Backdrop | null>(null);
  /** Of all cells of the dataset, where they were outlined. */
  outlines = $state.raw<Outlines | null>(null);
  /** Genes of the dot plot. */
  genes = $state.raw<Gene[]>([]);

  /** Pictures of another screen that share colours, selection and filter; null on Explore itself. */
  guests = $state.raw<readonly Pane[] | null>(null);
  readonly panes: readonly Pane[] = [new Pane(this), new Pane(this), new Pane(this), new Pane(this)];
  #key = '';
  #hadRun = false;

  readonly dataset = $derived<DatasetInfo | null>(project.dataset);
  /** The run that the pictures are of: the chosen one, else the newest that has a latent. */
  readonly chosenRun = $derived.by((): RunInfo | null => {
    const { run, doneRuns, dataset } = project;
    if (run?.state === 'done' && run.datasetId === dataset?.id) return run;
    return doneRuns.findLast(({ hasLatent }) => hasLatent) ?? doneRuns.at(-1) ?? null;
  });
  readonly shownPanes = $derived(this.guests ?? this.panes.slice(0, this.layout));
  readonly hidden = $derived(this.groups === null ? null : hiddenMask(this.groups.codes, this.hiddenCodes));
  readonly selectedCount = $derived(countSelected(this.selected));
  readonly isNumeric = $derived(
    this.colour.kind === 'gene' || (this.colour.kind === 'column' && this.numbers !== null),
  );
  /** What is seen in the legend: 'CD3E, log(1 + x)'. */
  readonly numberLabel = $derived.by((): NumberLabel => {
    if (this.colour.kind !== 'gene') return { label: this.numbers?.label ?? '', unit: this.numbers?.unit ?? '' };
    return { label: this.colour.gene.name, unit: unitOf(this.colour.gene, this.scale) };
  });
  readonly ranges = $derived.by(() => {
    if (this.colour.kind === 'gene') {
      return rangesOf(valuesOf(this.shownPanes.filter((pane) => !hasOwnScale(pane.shows))));
    }
    return this.numbers === null ? null : rangesOf([this.numbers.values]);
  });
  readonly range = $derived.by((): ValueRange => {
    const range = this.ownRange ?? this.ranges?.clipped ?? { min: 0, max: 1 };
    return this.palette === 'blue-white-red' && this.ownRange === null ? centred(range) : range;
  });

  /** Ends of the scale of values that are no expression, shared by all pictures of that kind. */
  ownScaleOf(kind: ValuesKind): ValueRange {
    if (this.colour.kind !== 'gene') return { min: -1, max: 1 };
    return ownScale(kind, valuesOf(this.shownPanes.filter((pane) => pane.shows === kind)));
  }

  /** Takes up a dataset; the same one again only reads what may have changed. */
  async enter(uuid: string, dataset: DatasetInfo, run: RunInfo | null): Promise<void> {
    const key = `${uuid}/${dataset.id}`;
    const isNew = key !== this.#key;
    if (isNew) this.#reset(key, uuid, dataset);
    try {
      const [columns, clusterings, embeddings, annotations] = await Promise.all([
        core.datasets.columns({ project: uuid, dataset: dataset.id }),
        core.analysis.clusterings({ project: uuid }),
        core.analysis.embeddings({ project: uuid }),
        core.annotations.list({ project: uuid, dataset: dataset.id }),
      ]);
      if (this.#key !== key) return;
      this.columns = columns;
      this.clusterings = clusterings;
      this.embeddings = embeddings;
      this.annotations = annotations;
    } catch (thrown) {
      notices.error(thrown);
      return;
    }
    if (isNew || (run !== null && !this.#hadRun)) await this.#begin(dataset, run);
    this.#hadRun = run !== null;
    const gene = exploreRequest.takeGene();
    if (gene) await this.colourBy({ kind: 'gene', gene });
  }

  async colourBy(choice: ColourChoice): Promise<void> {
    this.colour = choice;
    this.colourError = null;
    this.ownRange = null;
    this.log = false;
    if (choice.kind === 'none') {
      this.numbers = null;
      return;
    }
    if (choice.kind === 'gene') {
      this.numbers = null;
      this.addGene(choice.gene);
      return;
    }
    const { data } = this;
    if (data === null) return;
    try {
      if (choice.kind === 'heldOut') await this.#loadHeldOut(choice, data);
      else if (choice.kind === 'clusters') await this.#loadClusters(choice, data);
      else await this.#loadColumn(choice.name, data);
    } catch (thrown) {
      if (this.colour !== choice) return;
      const job = (thrown as { job?: { state?: string; error?: PlainError | null } }).job;
      this.colourError = job?.state === 'cancelled' ? null : (job?.error ?? plainError(thrown));
      if (job?.state === 'cancelled') this.colour = { kind: 'none' };
    }
  }

  /** Reads columns again after one was changed, and colours by it. */
  async showChanged(column: string): Promise<void> {
    const { data } = this;
    if (data === null) return;
    data.forgetColumn(column);
    const at = { project: data.uuid, dataset: data.dataset };
    const [columns, annotations] = await Promise.all([core.datasets.columns(at), core.annotations.list(at)]);
    if (this.data !== data) return;
    this.columns = columns;
    this.annotations = annotations;
    if (columns.some(({ name }) => name === column)) await this.colourBy({ kind: 'column', name: column });
  }

  /** The space that clusters are looked for in. */
  clusterSpace({ runId, space }: ColourChoice & { kind: 'clusters' }): string {
    return space ?? (project.doneRuns.find(({ id }) => id === runId)?.hasLatent === false ? 'denoised' : 'latent');
  }

  addGene(gene: Gene): void {
    if (this.genes.some((one) => geneKey(one) === geneKey(gene))) return;
    this.genes = [...this.genes, gene].slice(-MOST_GENES);
  }

  removeGene(gene: Gene): void {
    this.genes = this.genes.filter((one) => geneKey(one) !== geneKey(gene));
  }

  toggleCode(code: number): void {
    const hidden = [...this.hiddenCodes];
    this.hiddenCodes = new Set(hidden.includes(code) ? hidden.filter((other) => other !== code) : [...hidden, code]);
  }

  /** Only this group, or all again if it is the only one already. */
  isolate(code: number): void {
    const all = this.#allCodes();
    const others = all.filter((other) => other !== code);
    const isAlone = others.every((other) => this.hiddenCodes.has(other)) && !this.hiddenCodes.has(code);
    this.hiddenCodes = new Set(isAlone ? [] : others);
  }

  showAll(): void {
    this.hiddenCodes = new Set();
  }

  hideAll(): void {
    this.hiddenCodes = new Set(this.#allCodes());
  }

  /** @param mask [nObs of the dataset] */
  select(mask: Uint8Array, mode: SelectionMode): void {
    const next = combineSelection(this.selected, mask, mode);
    this.selected = next.includes(1) ? next : null;
  }

  clearSelection(): void {
    this.selected = null;
  }

  /** All shown observations that are not selected. */
  invertSelection(obs: Int32Array): void {
    const next = new Uint8Array(this.data?.nObs ?? 0);
    for (const position of obs) next[position] = this.selected?.[position] || this.hidden?.[position] ? 0 : 1;
    this.selected = next.includes(1) ? next : null;
  }

  /** Leaves in the selection only what the filter shows. */
  intersectWithFilter(): void {
    const { hidden, selected } = this;
    if (hidden === null || selected === null) return;
    this.select(
      selected.map((one, i) => one & (hidden[i] ^ 1)),
      'replace',
    );
  }

  /**
   * The first picture as measured and as the run denoised it, beside each other on one scale; for a run that was tested
   * also what it was shown, for one with dropouts how likely each is.
   */
  sideBySide(): void {
    const [first, ...others] = this.panes;
    const kinds = this.#kindsBeside(first);
    const shared: Picture | null = first.isChart ? null : first.picture;
    this.layout = kinds.length === 2 ? 3 : 2;
    first.kind = 'observed';
    kinds.forEach((kind, i) => {
      const pane = others[i];
      pane.picture = shared ?? pane.picture;
      pane.space = first.space;
      pane.runId = first.runId;
      pane.flipped = first.flipped;
      pane.kind = kind;
    });
  }

  /** What stands beside the values as measured. */
  #kindsBeside(pane: Pane): ValuesKind[] {
    if (pane.isTested) return ['shown', 'denoised'];
    return pane.run?.countValues.includes('dropout') ? ['denoised', 'dropout'] : ['denoised'];
  }

  /** Reads what lies beneath and around the spots, as the look of the tissue asks for it. */
  async loadTissue(): Promise<void> {
    const { data, dataset, tissue } = this;
    if (data === null || dataset === null || tissue === null) return;
    const name = tissue.image;
    const wantsOutlines = dataset.spatial?.hasBorders === true && (tissue.borders || tissue.fill);
    try {
      const [backdrop, outlines] = await Promise.all([
        tissueBackdrop(data.uuid, dataset, name),
        wantsOutlines ? cellOutlines(data.uuid, data.dataset) : null,
      ]);
      if (this.data !== data || this.tissue?.image !== name) return;
      this.backdrop = backdrop;
      this.outlines = outlines;
    } catch (thrown) {
      notices.error(thrown);
    }
  }

  /** Panes with the same points look where this one looks. */
  follow(moved: Pane, scene: PointsScene): void {
    for (const pane of this.shownPanes) {
      if (pane === moved) continue;
      if (pane.isMap && moved.isMap && pane.obsm === moved.obsm) pane.scene?.follow(scene, true);
      else if (pane.pictureKey === moved.pictureKey) pane.scene?.follow(scene);
    }
  }

  #allCodes(): number[] {
    if (this.groups === null) return [];
    return [...this.groups.order.map(({ code }) => code), ...(this.groups.missing > 0 ? [-1] : [])];
  }

  #reset(key: string, uuid: string, dataset: DatasetInfo): void {
    this.#key = key;
    this.#hadRun = false;
    this.data = new ExploreData(uuid, dataset.id, dataset.nObs);
    this.colour = { kind: 'none' };
    this.groups = null;
    this.groupSource = null;
    this.annotations = [];
    this.numbers = null;
    this.colourError = null;
    this.hiddenCodes = new Set();
    this.selected = null;
    this.hovered = -1;
    this.genes = [];
    this.ownRange = null;
    this.tissue = tissueLook(uuid, dataset);
    this.backdrop = null;
    this.outlines = null;
    for (const pane of this.panes) {
      pane.picture = null;
      pane.runId = null;
      pane.kind = 'observed';
      pane.flipped = false;
      pane.space = 'latent';
      pane.points = null;
    }
  }

  /** The pictures and colours that one sees first. */
  async #begin(dataset: DatasetInfo, run: RunInfo | null): Promise<void> {
    const places = dataset.obsm.filter(({ nDim }) => nDim >= 2);
    const tissue =
      places.find(({ name }) => name === dataset.spatial?.obsm) ?? places.find(({ name }) => isTissue(name));
    const place: Picture[] = tissue ? [{ kind: 'place', obsm: tissue.name }] : [];
    const umap: Picture[] = run ? [{ kind: 'umap', nDim: 2 }] : [];
    const first = [...umap, ...place];
    const rest: Picture[] = run
      ? [{ kind: 'tsne', nDim: 2 }, { kind: 'pca', nDim: 2 }, { kind: 'violin' }, { kind: 'dots' }]
      : [{ kind: 'violin' }, { kind: 'dots' }];
    this.layout = first.length === 2 ? 2 : 1;
    const pictures = [...first, ...rest];
    this.panes.forEach((pane, i) => (pane.picture = pictures[i] ?? pictures.at(-1) ?? null));
    if (first.length === 0) this.panes[0].picture = null;
    const labels = defaultColumn(dataset.obsColumns);
    if (labels !== null) await this.colourBy({ kind: 'column', name: labels });
    else if (run !== null) await this.colourBy({ kind: 'clusters', runId: run.id, method: 'leiden' });
  }

  async #loadColumn(name: string, data: ExploreData): Promise<void> {
    const column = this.columns.find((one) => one.name === name);
    if (column === undefined) return;
    if (column.categories !== null) {
      const codes = await data.codes(name);
      if (!this.#isStill({ kind: 'column', name })) return;
      this.#setGroups(makeGroups(name, codes, column.categories, column.colours), { kind: 'column', name });
    } else {
      const values = await data.numbers(name);
      if (!this.#isStill({ kind: 'column', name })) return;
      this.numbers = { label: name, unit: '', values };
    }
  }

  async #loadClusters(choice: ColourChoice & { kind: 'clusters' }, data: ExploreData): Promise<void> {
    const { runId, method } = choice;
    const space = this.clusterSpace(choice);
    let id = this.clusterings.findLast(
      (one) =>
        one.runId === runId &&
        one.kind === method &&
        one.space === space &&
        (choice.resolution === undefined || one.parameters.resolution === choice.resolution) &&
        (choice.k === undefined || one.parameters.k === choice.k),
    )?.id;
    if (id === undefined) {
      const k = choice.k ?? Math.min(40, Math.max(2, this.groups?.order.length ?? 8));
      const parameters = method === 'kmeans' ? { k } : { resolution: choice.resolution ?? 1 };
      const { job } = await core.analysis.cluster({ project: data.uuid, runId, space, method, parameters });
      this.colourJob = job;
      try {
        id = ((await jobs.whenOver(job)).result as { clusteringId: number }).clusteringId;
      } finally {
        this.colourJob = null;
      }
    }
    const [codes, obs] = await Promise.all([data.clustering(id), data.obs(runId)]);
    if (!this.#isStill(choice)) return;
    const nClusters = codes.reduce((most, code) => Math.max(most, code + 1), 0);
    const names = Array.from({ length: nClusters }, (_, code) => String(code + 1));
    this.#setGroups(makeGroups(clustersTitle(choice, space), scatterCodes(codes, obs, data.nObs), names), {
      kind: 'clustering',
      id,
    });
  }

  async #loadHeldOut(choice: ColourChoice & { kind: 'heldOut' }, data: ExploreData): Promise<void> {
    const [codes, obs] = await Promise.all([data.heldOut(choice.runId), data.obs(choice.runId)]);
    if (!this.#isStill(choice)) return;
    this.#setGroups(
      makeGroups('Held out', scatterCodes(codes, obs, data.nObs), ['shown to the run', 'held out']),
      null,
    );
  }

  #setGroups(groups: Groups, source: GroupSource | null): void {
    this.numbers = null;
    this.groups = groups;
    this.groupSource = source;
    this.hiddenCodes = new Set();
  }

  /** False when another wish came in between. */
  #isStill(choice: ColourChoice): boolean {
    const { colour } = this;
    if (choice.kind === 'column') return colour.kind === 'column' && colour.name === choice.name;
    return colour === choice;
  }
}

/** What the values of a gene or protein are measured in. */
function unitOf({ isProtein }: Gene, scale: 'log' | 'counts'): string {
  if (scale === 'counts') return 'counts';
  return isProtein === true ? 'CLR' : 'log(1 + x)';
}

function valuesOf(panes: readonly Pane[]): Float32Array[] {
  return panes.map((pane) => pane.values).filter((values) => values !== null);
}

export const explore = new Explore();
