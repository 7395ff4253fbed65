import { positionUnit } from '../../../main/contract/words/position-unit.ts';
import { isTissue } from '../../../main/contract/words/tissue-names.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { project, type DatasetInfo, type RunInfo } from '../../app/project.svelte.ts';
import type { PointsScene } from '../../points/points-scene.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { isCountKind } from './count-kinds.ts';
import type { ExploreData } from './explore-data.ts';
import {
  finerFactor,
  geneKey,
  type ColourChoice,
  type EmbeddingInfo,
  type Gene,
  type ValuesKind,
} from './explore-types.ts';
import { pictureId, type Picture, type Space } from './picture-choices.ts';

/** What a pane needs to know of the screen that it is on. */
export interface PaneContext {
  readonly data: ExploreData | null;
  readonly dataset: DatasetInfo | null;
  readonly chosenRun: RunInfo | null;
  readonly embeddings: readonly EmbeddingInfo[];
  readonly colour: ColourChoice;
  readonly scale: 'log' | 'counts';
}

/** The points of a picture, with the observation of the dataset that each one is. */
export interface PanePoints {
  key: string;
  /** [n, nDim]; empty for charts */
  positions: Float32Array;
  nDim: 2 | 3;
  /** [n], positions in the dataset; for places between spots, the nearest one */
  obs: Int32Array;
  /** Places between the spots: their values, and the side of the square that each stands for, data units. */
  finer: { values: Float32Array; step: number } | null;
}

/** One of the linked pictures: what it shows, of which run, and how far it has come. */
export class Pane {
  readonly #context: PaneContext;
  picture = $state.raw<Picture | null>(null);
  space = $state<Space>('latent');
  /** Null: the run that is chosen for the whole screen. */
  runId = $state<number | null>(null);
  /** Which values of a gene are shown, as it was chosen. */
  kind = $state<ValuesKind>('observed');
  /** y turned over against what is usual for the picture; maps of tissue have a view of their own. */
  flipped = $state(false);
  points = $state.raw<PanePoints | null>(null);
  error = $state.raw<PlainError | null>(null);
  /** The job that computes the picture. */
  job = $state<string | null>(null);
  /** Values of the gene that colours the points: [n]; of the one before while the next is read. */
  values = $state.raw<Float32Array | null>(null);
  /** What `values` was read for: a `valuesKey`. */
  #valuesFor = $state('');
  valuesError = $state.raw<PlainError | null>(null);
  attempt = $state(0);
  /** What draws the points, while it is on the screen. */
  scene = $state.raw<PointsScene | null>(null);

  constructor(context: PaneContext) {
    this.#context = context;
  }

  readonly run = $derived.by((): RunInfo | null => {
    const own = project.doneRuns.find((run) => run.id === this.runId);
    return own ?? this.#context.chosenRun;
  });

  /** The space that can be pictured: floors have no latent. */
  readonly usedSpace = $derived<Space>(
    this.space === 'latent' && this.run?.hasLatent === false ? 'denoised' : this.space,
  );

  readonly isChart = $derived(this.picture?.kind === 'violin' || this.picture?.kind === 'dots');
  readonly isTissue = $derived(this.picture?.kind === 'place' && isTissue(this.picture.obsm));
  /** 'µm' …; '' where lengths mean nothing or are not known. */
  readonly unit = $derived.by((): string => {
    const { dataset } = this.#context;
    return dataset === null || this.picture?.kind !== 'place' ? '' : positionUnit(dataset, this.picture.obsm);
  });
  /** What the files say of the tissue that is shown; null for other pictures. */
  readonly layout = $derived.by((): DatasetInfo['spatial'] => {
    const spatial = this.#context.dataset?.spatial ?? null;
    return this.picture?.kind === 'place' && spatial?.obsm === this.picture.obsm ? spatial : null;
  });
  /** Name of the coordinates that are shown; '' for other pictures. */
  readonly obsm = $derived(this.picture?.kind === 'place' ? this.picture.obsm : '');
  readonly isMap = $derived(this.isTissue || this.layout !== null);
  /** Maps of tissue are drawn as images are, unless the files say otherwise. */
  readonly yDown = $derived(this.isMap ? (this.layout?.yDown ?? true) : this.flipped);
  /** What is kept from the run by its protocol. */
  readonly isTested = $derived((this.run?.protocol.kind ?? 'clustering') !== 'clustering');
  /** Which values of a gene are shown, where there are such. */
  readonly shows = $derived.by((): ValuesKind => {
    const { colour } = this.#context;
    if (colour.kind === 'gene' && colour.gene.isProtein === true) return 'observed';
    if (this.run === null || (this.kind === 'shown' && !this.isTested)) return 'observed';
    if (finerFactor(this.kind) !== null && !(this.isMap && this.run.hasField)) return 'denoised';
    if (isCountKind(this.kind) && !this.run.countValues.includes(this.kind)) return 'denoised';
    if (!this.isChart || this.kind === 'denoised') return this.kind;
    return this.picture?.kind === 'violin' && isCountKind(this.kind) ? this.kind : 'observed';
  });
  /** The gene that is to be seen between the spots, and how much finer. */
  readonly #finer = $derived.by((): { gene: Gene; factor: 2 | 3 | 4; scale: 'log' | 'counts' } | null => {
    const { colour, scale } = this.#context;
    const factor = finerFactor(this.shows);
    return factor === null || colour.kind !== 'gene' ? null : { gene: colour.gene, factor, scale };
  });

  /** Changes whenever other points have to be read. */
  readonly pictureKey = $derived.by(() => {
    const { data } = this.#context;
    if (data === null || this.picture === null) return '';
    const space = this.isChart || this.picture.kind === 'place' ? '' : this.usedSpace;
    const finer = this.#finer === null ? '' : [this.#finer.gene.index, this.#finer.factor, this.#finer.scale].join('x');
    return [data.uuid, data.dataset, this.run?.id ?? '', pictureId(this.picture), space, this.attempt, finer].join('/');
  });

  /** Changes whenever other values have to be read. */
  readonly valuesKey = $derived.by(() => {
    const { colour, scale } = this.#context;
    if (this.points === null || colour.kind !== 'gene') return '';
    return [this.points.key, this.run?.id ?? '', geneKey(colour.gene), scale, this.shows].join('/');
  });

  /** The gene that was chosen is still being read. */
  readonly isReading = $derived(this.valuesKey !== '' && this.valuesKey !== this.#valuesFor);

  readonly progress = $derived(this.job === null ? null : (jobs.get(this.job)?.progress ?? null));

  /** Reads or computes the points of the picture. What was overtaken by a newer wish is dropped. */
  async loadPicture(): Promise<void> {
    const key = this.pictureKey;
    const { data, dataset } = this.#context;
    const { picture, run } = this;
    this.error = null;
    // What an earlier wish started goes on, and is stored; this picture does not wait for it.
    this.job = null;
    if (key === '' || data === null || picture === null || dataset === null) {
      this.points = null;
      return;
    }
    try {
      const obs = await data.obs(run?.id ?? null);
      if (this.#finer !== null && run !== null) {
        const places = await this.#placesBetween(data, run.id, this.#finer, obs, key);
        if (this.pictureKey === key && places !== null) this.points = places;
        return;
      }
      const made = await this.#pointsOf(picture, data, obs, key);
      if (this.pictureKey !== key || made === null) return;
      this.points = { key, obs, finer: null, ...made };
    } catch (thrown) {
      if (this.pictureKey !== key) return;
      this.points = null;
      this.error = wordsOf(thrown);
    }
  }

  /** Reads the gene that colours the points. */
  async loadValues(): Promise<void> {
    const key = this.valuesKey;
    const { data, colour, scale } = this.#context;
    if (key === '' || data === null || colour.kind !== 'gene') {
      this.values = null;
      this.#valuesFor = '';
      this.valuesError = null;
      return;
    }
    if (this.points?.finer) {
      this.values = this.points.finer.values;
      this.#valuesFor = key;
      this.valuesError = null;
      return;
    }
    try {
      const values = await data.gene(this.run?.id ?? null, colour.gene, scale, this.shows);
      if (this.valuesKey !== key) return;
      this.values = values;
      this.#valuesFor = key;
      this.valuesError = null;
    } catch (thrown) {
      if (this.valuesKey !== key) return;
      this.values = null;
      this.#valuesFor = key;
      this.valuesError = wordsOf(thrown);
    }
  }

  async cancel(): Promise<void> {
    if (this.job !== null) await core.jobs.cancel({ job: this.job });
  }

  retry(): void {
    this.attempt++;
  }

  /** A gene between the spots: read where it is stored, predicted first where it is not. */
  async #placesBetween(
    data: ExploreData,
    run: number,
    { gene, factor, scale }: { gene: Gene; factor: 2 | 3 | 4; scale: 'log' | 'counts' },
    obs: Int32Array,
    key: string,
  ): Promise<PanePoints | null> {
    const { job } = await core.analysis.superResolve({ project: data.uuid, runId: run, gene: gene.index, factor });
    if (this.pictureKey !== key) {
      await core.jobs.cancel({ job });
      return null;
    }
    this.job = job;
    try {
      await jobs.whenOver(job);
    } finally {
      if (this.job === job) this.job = null;
    }
    const { positions, nDim, nearest, values, step } = await data.finerGene(run, gene, factor, scale);
    return { key, positions, nDim, obs: nearest.map((spot) => obs[spot]), finer: { values, step } };
  }

  async #pointsOf(
    picture: Picture,
    data: ExploreData,
    obs: Int32Array,
    key: string,
  ): Promise<{ positions: Float32Array; nDim: 2 | 3 } | null> {
    if (picture.kind === 'violin' || picture.kind === 'dots') return { positions: new Float32Array(0), nDim: 2 };
    if (picture.kind === 'place') return data.coordinates(picture.obsm, obs);
    const { run, usedSpace: space } = this;
    if (run === null) return null;
    const stored = this.#context.embeddings.findLast(
      (one) => one.runId === run.id && one.kind === picture.kind && one.nDim === picture.nDim && one.space === space,
    );
    if (stored) return data.embedding(stored.id);
    // Points of another picture must not be taken for this one while it is computed.
    this.points = null;
    const { job } = await core.analysis.embed({
      project: data.uuid,
      runId: run.id,
      space,
      method: picture.kind,
      nDim: picture.nDim,
    });
    if (this.pictureKey !== key) {
      await core.jobs.cancel({ job });
      return null;
    }
    this.job = job;
    try {
      const done = await jobs.whenOver(job);
      return await data.embedding((done.result as { embeddingId: number }).embeddingId);
    } finally {
      if (this.job === job) this.job = null;
    }
  }
}

/** A failed job carries the core's own words, with what to do. */
function wordsOf(thrown: unknown): PlainError {
  const job = (thrown as { job?: { state?: string; error?: PlainError | null } }).job;
  if (job?.state === 'cancelled')
    return {
      code: 'cancelled',
      what: 'This picture was cancelled.',
      remedy: 'Compute it again, or choose another one.',
    };
  if (job?.error) return { code: job.error.code, what: job.error.what, remedy: job.error.remedy };
  return plainError(thrown);
}
