import { LacunaError } from '../../errors/lacuna-error.ts';
import { SpillFile } from './spill-file.ts';

/** Records of a block: 4,096 × 8 bytes = 32 KiB. */
const blockRecords = 4096;
/** Packing of a record into two 32-bit words: local row | column, and gene | count. */
const columnBits = 22;
const columnBias = 2 ** (columnBits - 1);
const countBits = 14;
const largestPiece = 2 ** countBits - 1;
const mostGenes = 2 ** (32 - countBits);

/** Records held at once while they are sorted: 2 M × 12 bytes, and 8 bytes more for the sorted ones. */
const groupRecords = 2_097_152;
/** Grid points of such a group, however empty they are: 64 MiB of counters. */
const groupPoints = 16_777_216;

/** Consecutive rows of the grid whose records fit into memory together. */
export interface RowGroup {
  /** Rows `[firstRow, endRow)`. */
  firstRow: number;
  endRow: number;
  /** Columns `[firstColumn, endColumn)` in which anything lies. */
  firstColumn: number;
  endColumn: number;
  records: number;
}

/** Records of a group: `points` are places in its grid, row by row. The arrays may be longer than `length`. */
export interface GroupRecords {
  length: number;
  points: Uint32Array;
  genes: Uint32Array;
  counts: Uint32Array;
}

interface Band {
  firstRow: number;
  words: Uint32Array;
  /** Words in use. */
  filled: number;
  blocks: number[];
  /** [rowsPerBand] */
  perRow: Float64Array;
  firstColumn: number;
  lastColumn: number;
}

/**
 * Brings records (row, column, gene, count) that come in any order into the order of rows, in memory that does not grow
 * with their number: they are dealt out to bands of rows, full blocks of a band go to a temporary file, and later the
 * bands are read back one after the other. Counts too large for their 14 bits are stored in pieces.
 */
export class GridPartition {
  readonly #rowsPerBand: number;
  readonly #spill: SpillFile;
  /** Bands from row 0 on, and those of negative rows counted backwards. */
  readonly #bands: Band[] = [];
  readonly #negative: Band[] = [];
  /** Arrays of the last `read`, used again by the next. */
  #records: GroupRecords = {
    length: 0,
    points: new Uint32Array(0),
    genes: new Uint32Array(0),
    counts: new Uint32Array(0),
  };

  /**
   * @param rowsPerBand at most 1,024
   * @param scratch folder for the temporary file
   */
  constructor(rowsPerBand: number, scratch?: string) {
    this.#rowsPerBand = Math.max(1, Math.min(1024, rowsPerBand));
    this.#spill = new SpillFile(blockRecords * 8, scratch);
  }

  /** Columns lie within ±2,097,151. */
  add(row: number, column: number, gene: number, count: number): void {
    const index = Math.floor(row / this.#rowsPerBand);
    const band = (index >= 0 ? this.#bands[index] : this.#negative[-1 - index]) ?? this.#addBand(index);
    if (column < band.firstColumn) band.firstColumn = column;
    if (column > band.lastColumn) band.lastColumn = column;
    const local = row - band.firstRow;
    const where = ((local << columnBits) | (column + columnBias)) >>> 0;
    let left = count;
    do {
      const piece = left > largestPiece ? largestPiece : left;
      if (band.filled === band.words.length) this.#makeRoom(band);
      band.words[band.filled] = where;
      band.words[band.filled + 1] = ((gene << countBits) | piece) >>> 0;
      band.filled += 2;
      band.perRow[local]++;
      left -= piece;
    } while (left > 0);
  }

  /** Groups of rows in order, each small enough to be sorted in memory (a single row may be larger). */
  *groups(): Generator<RowGroup> {
    for (const band of this.#inOrder()) {
      const width = band.lastColumn - band.firstColumn + 1;
      const mostRows = Math.max(1, Math.floor(groupPoints / width));
      for (let from = 0; from < this.#rowsPerBand;) {
        let to = from + 1;
        let records = band.perRow[from];
        while (to < this.#rowsPerBand && to - from < mostRows && records + band.perRow[to] <= groupRecords)
          records += band.perRow[to++];
        if (records > 0)
          yield {
            firstRow: band.firstRow + from,
            endRow: band.firstRow + to,
            firstColumn: band.firstColumn,
            endColumn: band.lastColumn + 1,
            records,
          };
        from = to;
      }
    }
  }

  /** Reads the records of a group back, in the order in which they were added. They are valid until the next call. */
  read(group: RowGroup): GroupRecords {
    if (group.records > this.#records.points.length)
      this.#records = {
        length: 0,
        points: new Uint32Array(group.records),
        genes: new Uint32Array(group.records),
        counts: new Uint32Array(group.records),
      };
    const { points, genes, counts } = this.#records;
    const width = group.endColumn - group.firstColumn;
    let at = 0;
    this.#scan(group, (words, filled, from, to) => {
      for (let i = 0; i < filled; i += 2) {
        const local = words[i] >>> columnBits;
        if (local < from || local >= to) continue;
        const column = (words[i] & (2 ** columnBits - 1)) - columnBias;
        points[at] = (local - from) * width + column - group.firstColumn;
        genes[at] = words[i + 1] >>> countBits;
        counts[at] = words[i + 1] & largestPiece;
        at++;
      }
    });
    this.#records.length = at;
    return this.#records;
  }

  /** Where in a group anything lies: places in its grid, ascending. */
  occupied(group: RowGroup): Uint32Array {
    const width = group.endColumn - group.firstColumn;
    const seen = new Uint8Array(width * (group.endRow - group.firstRow));
    let n = 0;
    this.#scan(group, (words, filled, from, to) => {
      for (let i = 0; i < filled; i += 2) {
        const local = words[i] >>> columnBits;
        if (local < from || local >= to) continue;
        const point = (local - from) * width + (words[i] & (2 ** columnBits - 1)) - columnBias - group.firstColumn;
        if (seen[point] === 0) {
          seen[point] = 1;
          n++;
        }
      }
    });
    const places = new Uint32Array(n);
    for (let point = 0, at = 0; at < n; point++) if (seen[point] === 1) places[at++] = point;
    return places;
  }

  /** Removes the temporary file. */
  close(): void {
    this.#spill.close();
  }

  #scan(group: RowGroup, take: (words: Uint32Array, filled: number, from: number, to: number) => void): void {
    const index = Math.floor(group.firstRow / this.#rowsPerBand);
    const band = index >= 0 ? this.#bands[index] : this.#negative[-1 - index];
    const [from, to] = [group.firstRow - band.firstRow, group.endRow - band.firstRow];
    const words = new Uint32Array(blockRecords * 2);
    const bytes = new Uint8Array(words.buffer);
    for (const block of band.blocks) {
      this.#spill.read(block, bytes);
      take(words, words.length, from, to);
    }
    take(band.words, band.filled, from, to);
  }

  *#inOrder(): Generator<Band> {
    yield* this.#negative.filter((band) => band !== undefined).toReversed();
    // Of a sparse array `filter` visits what there is.
    yield* this.#bands.filter((band) => band !== undefined);
  }

  #addBand(index: number): Band {
    const band: Band = {
      firstRow: index * this.#rowsPerBand,
      words: new Uint32Array(256),
      filled: 0,
      blocks: [],
      perRow: new Float64Array(this.#rowsPerBand),
      firstColumn: Infinity,
      lastColumn: -Infinity,
    };
    if (index >= 0) this.#bands[index] = band;
    else this.#negative[-1 - index] = band;
    return band;
  }

  #makeRoom(band: Band): void {
    if (band.words.length < blockRecords * 2) {
      const larger = new Uint32Array(band.words.length * 2);
      larger.set(band.words);
      band.words = larger;
      return;
    }
    band.blocks.push(this.#spill.write(new Uint8Array(band.words.buffer)));
    band.filled = 0;
  }
}

/** @throws LacunaError `bad-file` when there are more genes than a record can tell apart */
export function checkGeneNumber(nGenes: number, path: string): void {
  if (nGenes <= mostGenes) return;
  throw new LacunaError(
    'bad-file',
    `${path} names more than ${mostGenes.toLocaleString('en-US')} genes.`,
    'Check that its first column holds genes, as geneID.',
    { file: path },
  );
}
