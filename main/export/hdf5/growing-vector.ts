import type { Dataset, Group } from 'h5wasm/node';
import type { Hdf5File } from './hdf5-file.ts';

type Element = Float32Array | Int32Array | BigInt64Array;

/** Elements per HDF5 chunk: 64 Ki, 256 KiB of 4-byte values, which fits HDF5's chunk cache of 1 MiB. */
const CHUNK = 65536;
/** Chunks collected before a write, so that every chunk is compressed once. */
const CHUNKS_PER_WRITE = 8;

/** A one-dimensional dataset that grows as entries arrive, for matrices whose number of entries is not known yet. */
export class GrowingVector<A extends Element> {
  readonly #file: Hdf5File;
  readonly #dataset: Dataset;
  readonly #buffer: A;
  #filled = 0;
  #written = 0;

  private constructor(file: Hdf5File, dataset: Dataset, buffer: A) {
    this.#file = file;
    this.#dataset = dataset;
    this.#buffer = buffer;
  }

  /** @param empty an empty array of the element type, e.g. `new Int32Array(0)` */
  static async create<A extends Element>(
    file: Hdf5File,
    parent: Group,
    name: string,
    empty: A,
    gzip: number,
  ): Promise<GrowingVector<A>> {
    const dataset = await file.numbers(parent, name, empty, { shape: [0], maxShape: [null], chunks: [CHUNK], gzip });
    const Elements = empty.constructor as new (length: number) => A;
    return new GrowingVector(file, dataset, new Elements(CHUNK * CHUNKS_PER_WRITE));
  }

  get length(): number {
    return this.#written + this.#filled;
  }

  async push(values: ArrayLike<number>): Promise<void> {
    const buffer = this.#buffer;
    for (let from = 0; from < values.length;) {
      const count = Math.min(values.length - from, buffer.length - this.#filled);
      if (buffer instanceof BigInt64Array) {
        for (let i = 0; i < count; i++) buffer[this.#filled + i] = BigInt(values[from + i]);
      } else {
        for (let i = 0; i < count; i++) buffer[this.#filled + i] = values[from + i];
      }
      this.#filled += count;
      from += count;
      if (this.#filled === buffer.length) await this.#flush();
    }
  }

  /** Writes what is still held back; call once, at the end. */
  async finish(): Promise<void> {
    if (this.#filled > 0) await this.#flush();
  }

  async #flush(): Promise<void> {
    const end = this.#written + this.#filled;
    await this.#file.resize(this.#dataset, [end]);
    await this.#file.writeRows(this.#dataset, this.#written, end, this.#buffer.subarray(0, this.#filled) as A);
    this.#written = end;
    this.#filled = 0;
  }
}
