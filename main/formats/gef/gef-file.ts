import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { largest, usualPitch } from '../stereoseq/molecules.ts';
import type { FileGenes, MoleculeBatch, MoleculeFile } from '../stereoseq/molecules.ts';
import { CompoundTable } from './compound-table.ts';
import { attributeNumber } from './gef-layout.ts';

/** Rows read at once: the usual stored block of geftools is 16,384 or 32,768 rows. */
const batchRows = 131_072;

/** The square bins of one size in a .gef: `geneExp/binN`, sorted by gene. */
export class GefFile implements MoleculeFile {
  readonly path: string;
  readonly binSize: number;
  readonly pitch: number;
  /** Rows of the table. */
  readonly rows: number;
  readonly #file: Hdf5File;
  readonly #group: string;
  readonly #exons: boolean;
  readonly #genes: FileGenes;
  /** Genes with rows in the order of their rows, and where these begin. */
  readonly #order: Uint32Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #smallest = { x: Infinity, y: Infinity };

  /**
   * @param binSize one of those in the file
   * @param exons take the counts in exons instead of all
   * @throws LacunaError `bad-file`, `truncated-file`, `bad-option`
   */
  constructor(file: Hdf5File, binSize: number, exons: boolean) {
    this.path = file.path;
    this.#file = file;
    this.binSize = binSize;
    this.#exons = exons;
    this.#group = `geneExp/bin${binSize}`;
    if (exons && !hasExons(file, binSize))
      throw new LacunaError('bad-option', `${file.path} tells no counts in exons apart.`, 'Import with counts=all.');
    const resolution = attributeNumber(file, `${this.#group}/expression`, 'resolution');
    this.pitch = resolution === null || resolution <= 0 ? usualPitch : resolution / 1000;
    this.rows = file.info(`${this.#group}/expression`, 'the molecules').shape[0] ?? 0;
    const table = new CompoundTable(file, `${this.#group}/gene`, 'the genes');
    const names = table.strings('geneName');
    const ids = table.strings('geneID', 'gene') ?? table.requiredStrings('geneID', 'gene', 'geneName');
    this.#genes = { ids, names: table.has('geneID') ? names : null };
    const counts = table.numbers('count');
    const offsets = table.numbers('offset');
    this.#order = Uint32Array.from(ids, (_, i) => i)
      .filter((gene) => counts[gene] > 0)
      .sort((a, b) => offsets[a] - offsets[b]);
    this.#starts = Float64Array.from(this.#order, (gene) => offsets[gene]);
    this.#ends = Float64Array.from(this.#order, (gene) => offsets[gene] + counts[gene]);
    this.#checkGenes();
  }

  /** @throws LacunaError `bad-file`, `truncated-file`, `cancelled` */
  async *batches(signal?: AbortSignal): AsyncGenerator<MoleculeBatch> {
    const genes = new Uint32Array(batchRows);
    const xs = new Int32Array(batchRows);
    const ys = new Int32Array(batchRows);
    const counts = new Uint32Array(batchRows);
    let at = 0;
    for (let start = 0; start < this.rows; start += batchRows) {
      throwIfCancelled(signal);
      const stop = Math.min(this.rows, start + batchRows);
      const length = stop - start;
      const table = new CompoundTable(this.#file, `${this.#group}/expression`, 'the molecules', [start, stop]);
      xs.set(table.numbers('x'));
      ys.set(table.numbers('y'));
      counts.set(
        this.#exons
          ? this.#file.readNumbers(`${this.#group}/exon`, 'counts in exons', [[start, stop]])
          : table.numbers('count'),
      );
      for (let row = start; row < stop; row++) {
        while (row >= this.#ends[at]) at++;
        genes[row - start] = this.#order[at];
      }
      this.#checkPlaces(xs, ys, start, length);
      yield { length, genes, xs, ys, counts, cells: null, fraction: stop / this.rows };
    }
    if (this.rows === 0)
      throw new LacunaError(
        'bad-file',
        `${this.path} holds no molecules at all.`,
        'Check that this is the file you meant.',
      );
  }

  genes(): FileGenes {
    return this.#genes;
  }

  /**
   * SAW writes coordinates from the first spot that caught anything and puts the place of that spot into `minX` and
   * `minY` of bin 1; other programs write coordinates of the chip, of which these attributes are the smallest. Known once
   * the batches have been read.
   */
  offset(): { x: number; y: number } {
    const along = (axis: 'X' | 'Y', smallest: number): number => {
      const group = this.#file.kind('geneExp/bin1/expression') === 'dataset' ? 'geneExp/bin1' : this.#group;
      const least = attributeNumber(this.#file, `${group}/expression`, `min${axis}`) ?? 0;
      return smallest < Math.floor(least / this.binSize) * this.binSize ? least : 0;
    };
    return { x: along('X', this.#smallest.x), y: along('Y', this.#smallest.y) };
  }

  #checkGenes(): void {
    let next = 0;
    for (let i = 0; i < this.#order.length; i++) {
      if (this.#starts[i] !== next)
        throw this.#broken(
          `gene ${this.#genes.ids[this.#order[i]]} begins at row ${this.#starts[i]} instead of ${next}`,
        );
      next = this.#ends[i];
    }
    if (next !== this.rows) throw this.#broken(`its genes have ${next} rows, but there are ${this.rows}`);
  }

  #checkPlaces(xs: Int32Array, ys: Int32Array, start: number, length: number): void {
    for (let i = 0; i < length; i++) {
      if (xs[i] < this.#smallest.x) this.#smallest.x = xs[i];
      if (ys[i] < this.#smallest.y) this.#smallest.y = ys[i];
      if (Math.abs(xs[i]) <= largest.coordinate && Math.abs(ys[i]) <= largest.coordinate) continue;
      throw this.#broken(`row ${start + i} lies at (${xs[i]}, ${ys[i]}), beyond any chip`);
    }
  }

  #broken(what: string): LacunaError {
    return new LacunaError(
      'bad-file',
      `${this.path} contradicts itself at ${this.#group}: ${what}.`,
      'The file is damaged or was put together wrongly: write it or copy it again.',
      { file: this.path, place: this.#group },
    );
  }
}

/** True when the counts in exons of a bin size are told apart. */
export function hasExons(file: Hdf5File, binSize: number): boolean {
  return file.kind(`geneExp/bin${binSize}/exon`) === 'dataset';
}
