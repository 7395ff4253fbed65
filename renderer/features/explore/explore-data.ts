import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import { core } from '../../rpc/client.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { readLines } from '../../rpc/read-lines.ts';
import { isCountKind } from './count-kinds.ts';
import { finerGene, type FinerGene } from './finer-gene.ts';
import type { Gene, ValuesKind } from './explore-types.ts';

/** Arrays that were asked for once are kept; the oldest give way. */
const MOST_KEPT = 48;

/** What Explore reads from the core for one dataset, each array once. */
export class ExploreData {
  readonly uuid: string;
  readonly dataset: number;
  readonly nObs: number;
  readonly #kept = new Map<string, Promise<{ values: Float32Array | Float64Array | Int32Array; shape: number[] }>>();
  #names: Promise<string[]> | null = null;
  #geneNames: Promise<string[]> | null = null;

  constructor(uuid: string, dataset: number, nObs: number) {
    this.uuid = uuid;
    this.dataset = dataset;
    this.nObs = nObs;
  }

  /** Positions in the dataset of the observations of a run; of all without one. */
  async obs(run: number | null): Promise<Int32Array> {
    if (run === null) return Int32Array.from({ length: this.nObs }, (_, i) => i);
    return (await this.#read(bulkRoutes.runObs(this.uuid, run))).values as Int32Array;
  }

  async embedding(id: number): Promise<{ positions: Float32Array; nDim: 2 | 3 }> {
    const { values, shape } = await this.#read(bulkRoutes.embedding(this.uuid, id));
    return { positions: values as Float32Array, nDim: shape[1] === 3 ? 3 : 2 };
  }

  /** The first two or three coordinates of some observations. */
  async coordinates(name: string, obs: Int32Array): Promise<{ positions: Float32Array; nDim: 2 | 3 }> {
    const { values, shape } = await this.#read(bulkRoutes.obsm(this.uuid, this.dataset, name));
    const stride = shape[1];
    const nDim = stride === 3 ? 3 : 2;
    const positions = new Float32Array(obs.length * nDim);
    for (let i = 0; i < obs.length; i++) {
      for (let d = 0; d < nDim; d++) positions[nDim * i + d] = values[stride * obs[i] + d];
    }
    return { positions, nDim };
  }

  async codes(column: string): Promise<Int32Array> {
    return (await this.#read(bulkRoutes.obsColumn(this.uuid, this.dataset, column))).values as Int32Array;
  }

  async numbers(column: string): Promise<Float32Array> {
    return Float32Array.from((await this.#read(bulkRoutes.obsColumn(this.uuid, this.dataset, column))).values);
  }

  async clustering(id: number): Promise<Int32Array> {
    return (await this.#read(bulkRoutes.clustering(this.uuid, id))).values as Int32Array;
  }

  /** [nObs of the run], 1 where the protocol of the run held the whole spot out */
  async heldOut(run: number): Promise<Int32Array> {
    return (await this.#read(bulkRoutes.heldOut(this.uuid, run))).values as Int32Array;
  }

  /** One protein over the observations of a run, as centred log-ratio or counts; NaN where it was not measured. */
  async #protein(run: number | null, protein: Gene, scale: 'log' | 'counts'): Promise<Float32Array> {
    const route = bulkRoutes.protein(this.uuid, this.dataset, protein.index, scale === 'log' ? 'clr' : 'counts');
    const values = (await this.#read(route)).values as Float32Array;
    if (run === null) return values;
    return Float32Array.from(await this.obs(run), (obs) => values[obs]);
  }

  /** One gene or protein over the observations of a run (without one: over all, as log(1 + counts) or counts). */
  async gene(run: number | null, gene: Gene, scale: 'log' | 'counts', kind: ValuesKind): Promise<Float32Array> {
    if (gene.isProtein === true) return this.#protein(run, gene, scale);
    if (run === null) {
      const counts = (await this.#read(bulkRoutes.gene(this.uuid, this.dataset, gene.index))).values as Float32Array;
      return scale === 'counts' ? counts : counts.map((count) => Math.log1p(count));
    }
    const read = async (route: typeof bulkRoutes.observedGene): Promise<Float32Array> =>
      (await this.#read(route(this.uuid, run, gene.index, scale))).values as Float32Array;
    if (isCountKind(kind))
      return read((...where) => bulkRoutes.countGene(where[0], where[1], where[2], kind, where[3]));
    if (kind === 'denoised') return read(bulkRoutes.denoisedGene);
    if (kind === 'shown') return read(bulkRoutes.shownGene);
    if (kind === 'observed') return read(bulkRoutes.observedGene);
    const [observed, denoised] = await Promise.all([read(bulkRoutes.observedGene), read(bulkRoutes.denoisedGene)]);
    return observed.map((value, i) => value - denoised[i]);
  }

  /** One gene between the spots, once a job has predicted it. */
  async finerGene(run: number, gene: Gene, factor: number, scale: 'log' | 'counts'): Promise<FinerGene> {
    const { values, shape } = await this.#read(bulkRoutes.finerGene(this.uuid, run, gene.index, factor, scale));
    return finerGene(values as Float32Array, shape[1]);
  }

  /** Barcodes, in the order of the dataset. */
  names(): Promise<string[]> {
    this.#names ??= readLines(bulkRoutes.obsNames(this.uuid, this.dataset));
    return this.#names;
  }

  /** Names of all genes, in the order of the dataset. */
  geneNames(): Promise<string[]> {
    this.#geneNames ??= readLines(bulkRoutes.varNames(this.uuid, this.dataset));
    return this.#geneNames;
  }

  findGenes(query: string, limit = 30): Promise<Gene[]> {
    return core.datasets.findGenes({ project: this.uuid, dataset: this.dataset, query, limit });
  }

  async findProteins(query: string, limit = 30): Promise<Gene[]> {
    const found = await core.datasets.findProteins({ project: this.uuid, dataset: this.dataset, query, limit });
    return found.map((protein) => ({ ...protein, isProtein: true }));
  }

  /** Forgets a column that has changed. */
  forgetColumn(column: string): void {
    this.#kept.delete(bulkRoutes.obsColumn(this.uuid, this.dataset, column));
  }

  #read(path: string): Promise<{ values: Float32Array | Float64Array | Int32Array; shape: number[] }> {
    let reading = this.#kept.get(path);
    if (reading === undefined) {
      reading = fetchArray<Float32Array | Float64Array | Int32Array>(path);
      reading.catch(() => this.#kept.delete(path));
    }
    // Taken out and put back: the order of the map is the order of use.
    this.#kept.delete(path);
    this.#kept.set(path, reading);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? '');
    return reading;
  }
}
