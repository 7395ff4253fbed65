import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import { isTissue } from '../../../main/contract/words/tissue-names.ts';
import { project, type DatasetInfo } from '../../app/project.svelte.ts';
import { formatFigure } from '../../design/format.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { ScoreTableRow } from '../score/score-types.ts';
import type { RowMap } from '../tissue/MapRow.svelte';
import { correlation } from './correlation.ts';
import { regionalShare } from './regional-share.ts';

export interface MapGene {
  index: number;
  name: string;
  id: string;
}

/** Genes among which the first to be looked at is chosen. */
const LOOKED_AT = 40;

/** Maps of one gene under one task: as measured, as shown, and as each method makes it. */
export class TaskMaps {
  positions = $state.raw<{ values: Float32Array; nDim: 2 | 3 } | null>(null);
  maps = $state.raw<RowMap[]>([]);
  /** Plain sentences on maps that cannot be drawn. */
  notes = $state.raw<string[]>([]);
  error = $state.raw<PlainError | null>(null);
  isReading = $state(false);
  /** True where whole spots were held out: correlations are over those. */
  hasHeldOut = $state(false);
  #asked = 0;
  #positionsOf = '';

  /**
   * Reads the maps anew; what was asked for before is forgotten.
   *
   * @param rows methods to draw, in this order
   */
  async read(
    dataset: DatasetInfo,
    rows: readonly { row: ScoreTableRow; title: string }[],
    seed: number,
    gene: MapGene,
  ): Promise<void> {
    const asked = ++this.#asked;
    const runs = rows.flatMap(({ row, title }) => {
      const at = row.seeds.indexOf(seed);
      return at === -1 ? [] : [{ title, run: row.runIds[at] }];
    });
    if (runs.length === 0) {
      this.maps = [];
      return;
    }
    this.isReading = true;
    this.error = null;
    try {
      const { uuid } = project;
      const first = runs[0].run;
      const obs = (await fetchArray<Int32Array>(bulkRoutes.runObs(uuid, first))).values;
      const array = tissueOf(dataset);
      const positions = array ? await this.#readPositions(dataset.id, array.name, obs, first) : null;
      const heldOut = (await fetchArray<Int32Array>(bulkRoutes.heldOut(uuid, first))).values;
      const truth = (await fetchArray(bulkRoutes.trueGene(uuid, first, gene.index, 'normalised'))).values;
      const notes: string[] = [];
      const maps: RowMap[] = [{ title: 'Truth', values: truth, note: 'as measured' }];
      const shown = await orNote(notes, 'Input', bulkRoutes.shownGene(uuid, first, gene.index, 'normalised'));
      const where = heldOut.some((out) => out === 1) ? heldOut : null;
      if (shown) maps.push({ title: 'Input', values: shown, note: 'what methods saw' });
      for (const { title, run } of runs) {
        const values = await orNote(notes, title, bulkRoutes.denoisedGene(uuid, run, gene.index, 'normalised'));
        if (asked !== this.#asked) return;
        if (values?.length !== truth.length) continue;
        const { r } = correlation(truth, values, where);
        maps.push({ title, values, note: r === null ? 'r not defined' : `r ${formatFigure(r).replace('-', '−')}` });
      }
      if (asked !== this.#asked) return;
      this.positions = positions;
      this.hasHeldOut = where !== null;
      this.maps = maps;
      this.notes = notes;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.maps = [];
      this.error = plainError(thrown);
    } finally {
      if (asked === this.#asked) this.isReading = false;
    }
  }

  /** The same object as long as it is the same places: maps keep where they are looked at from. */
  async #readPositions(dataset: number, name: string, obs: Int32Array, run: number): Promise<typeof this.positions> {
    const key = `${dataset} ${name} ${run}`;
    if (key === this.#positionsOf && this.positions !== null) return this.positions;
    const { values, shape } = await fetchArray<Float64Array>(bulkRoutes.obsm(project.uuid, dataset, name));
    const stride = shape[1];
    const nDim = stride === 3 ? 3 : 2;
    const taken = new Float32Array(obs.length * nDim);
    for (let i = 0; i < obs.length; i++)
      for (let d = 0; d < nDim; d++) taken[nDim * i + d] = values[stride * obs[i] + d];
    this.#positionsOf = key;
    return { values: taken, nDim };
  }
}

function tissueOf({ obsm, spatial }: DatasetInfo): DatasetInfo['obsm'][number] | undefined {
  return obsm.find(({ name }) => name === spatial?.obsm) ?? obsm.find(({ name, nDim }) => isTissue(name) && nDim >= 2);
}

async function orNote(notes: string[], title: string, path: string): Promise<Float32Array | null> {
  try {
    return (await fetchArray(path)).values;
  } catch (thrown) {
    notes.push(`${title}: ${plainError(thrown).what}`);
    return null;
  }
}

/** A gene to begin with: of the first of the dataset that the run used, the one that differs most between places. */
export async function firstGene(dataset: DatasetInfo, run: number): Promise<MapGene | null> {
  const { uuid } = project;
  const array = tissueOf(dataset);
  const genes = await core.datasets.findGenes({ project: uuid, dataset: dataset.id, query: '', limit: LOOKED_AT });
  if (array === undefined) return genes[0] ?? null;
  const places = await fetchArray<Float64Array>(bulkRoutes.obsm(uuid, dataset.id, array.name));
  const found = await Promise.all(
    genes.map(async (gene) => {
      const { values } = await fetchArray(bulkRoutes.gene(uuid, dataset.id, gene.index));
      return { gene, structure: regionalShare(values.map(Math.log1p), places.values, places.shape[1]) };
    }),
  );
  for (const { gene } of found.toSorted((a, b) => b.structure - a.structure)) {
    const used = await fetchArray(bulkRoutes.denoisedGene(uuid, run, gene.index, 'normalised')).catch(() => null);
    if (used !== null) return gene;
  }
  return genes[0] ?? null;
}
