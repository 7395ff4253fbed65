import { crc32 } from 'node:zlib';
import { joinElements, splitElements } from '../codec/byte-planes.ts';
import { decodeStrings, encodeStrings } from '../codec/string-list.ts';
import { bytesOf, dtypeOf, elementBytes, newArray } from '../codec/typed-array.ts';
import type { Dtype, StoredArray } from '../codec/typed-array.ts';
import { compress, decompress } from '../codec/zstd.ts';
import { damaged } from '../file/sqlite-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';

/** What an array belongs to, and goes with. */
export interface ArrayOwner {
  kind: 'dataset' | 'run' | 'checkpoint' | 'embedding' | 'clustering';
  id: number;
}

/** Far below SQLite's limit for one value, and small enough that a damaged spot costs little. */
const partBytes = 4 * 1024 * 1024;

interface PartRow {
  length: number;
  packing: 'raw' | 'planes';
  crc: number;
  bytes: Uint8Array;
}

/** Typed arrays of the project: kept in parts of 4 MiB, packed where that pays, checked on every read. */
export class ArrayStore {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  /** Stores an array under a name of its owner, in place of the one before it. `nDim`: length of a line, for shapes. */
  put(owner: ArrayOwner, name: string, array: StoredArray, nDim = 1): void {
    const db = this.#database;
    db.transaction(() => {
      this.remove(owner, name);
      const dtype = dtypeOf(array);
      const { id } = db.run(
        `INSERT INTO arrays (${owner.kind}_id, name, dtype, length, n_dim) VALUES (?, ?, ?, ?, ?)`,
        [owner.id, name, dtype, array.length, nDim],
      );
      const bytes = bytesOf(array);
      for (let at = 0, part = 0; at < bytes.length; at += partBytes, part++) {
        const piece = bytes.subarray(at, at + partBytes);
        const { packing, packed } = pack(piece, elementBytes[dtype]);
        db.run('INSERT INTO array_parts (array_id, part, length, packing, crc, bytes) VALUES (?, ?, ?, ?, ?, ?)', [
          id,
          part,
          piece.length,
          packing,
          crc32(packed),
          packed,
        ]);
      }
    });
  }

  /** @throws LacunaError `project-damaged` */
  get(owner: ArrayOwner, name: string): { array: StoredArray; nDim: number } | null {
    return this.#database.snapshot(() => {
      const row = this.#database.get<{ id: number; dtype: Dtype; length: number; n_dim: number }>(
        `SELECT id, dtype, length, n_dim FROM arrays WHERE ${owner.kind}_id = ? AND name = ?`,
        [owner.id, name],
      );
      if (row === undefined) return null;
      const array = newArray(row.dtype, row.length);
      const bytes = bytesOf(array);
      const broken = (why: string, cause?: unknown): Error =>
        damaged(this.#database.path, `"${name}" of ${owner.kind} ${owner.id}: ${why}.`, cause);
      let at = 0;
      for (let part = 0; at < bytes.length; part++) {
        const piece = this.#database.get<PartRow>(
          'SELECT length, packing, crc, bytes FROM array_parts WHERE array_id = ? AND part = ?',
          [row.id, part],
        );
        if (piece === undefined) throw broken(`part ${part} is missing`);
        if (crc32(piece.bytes) !== piece.crc) throw broken(`the checksum of part ${part} is wrong`);
        if (at + piece.length > bytes.length) throw broken(`part ${part} is too long`);
        try {
          unpack(piece, elementBytes[row.dtype], bytes.subarray(at, at + piece.length));
        } catch (thrown) {
          throw broken(`part ${part} cannot be unpacked`, thrown);
        }
        at += piece.length;
      }
      return { array, nDim: row.n_dim };
    });
  }

  /** The array, which must be there. @throws LacunaError `project-damaged` */
  require(owner: ArrayOwner, name: string): { array: StoredArray; nDim: number } {
    const found = this.get(owner, name);
    if (found === null) throw damaged(this.#database.path, `"${name}" of ${owner.kind} ${owner.id} is missing.`);
    return found;
  }

  putStrings(owner: ArrayOwner, name: string, strings: readonly string[]): void {
    this.put(owner, name, encodeStrings(strings));
  }

  /** @throws LacunaError `project-damaged` */
  requireStrings(owner: ArrayOwner, name: string): string[] {
    const { array } = this.require(owner, name);
    try {
      return decodeStrings(bytesOf(array));
    } catch (thrown) {
      throw damaged(this.#database.path, `"${name}" of ${owner.kind} ${owner.id} cannot be read.`, thrown);
    }
  }

  /** Names of an owner's arrays in the order they were stored. */
  names(owner: ArrayOwner): string[] {
    return this.#database
      .all<{ name: string }>(`SELECT name FROM arrays WHERE ${owner.kind}_id = ? ORDER BY id`, [owner.id])
      .map((row) => row.name);
  }

  remove(owner: ArrayOwner, name: string): void {
    this.#database.run(`DELETE FROM arrays WHERE ${owner.kind}_id = ? AND name = ?`, [owner.id, name]);
  }
}

/** Packs a part if a sample of it shrinks by a tenth: codes and coordinates do, trained weights hardly. */
function pack(bytes: Uint8Array, size: number): { packing: 'raw' | 'planes'; packed: Uint8Array } {
  const sampleBytes = 64 * 1024;
  if (bytes.length > sampleBytes) {
    const sample = splitElements(bytes.subarray(0, sampleBytes), size);
    if (compress(sample, 1).length > 0.9 * sample.length) return { packing: 'raw', packed: bytes };
  }
  const packed = compress(size === 1 ? bytes : splitElements(bytes, size));
  return packed.length < 0.9 * bytes.length ? { packing: 'planes', packed } : { packing: 'raw', packed: bytes };
}

function unpack(piece: PartRow, size: number, out: Uint8Array): void {
  const bytes = piece.packing === 'raw' ? piece.bytes : decompress(piece.bytes, piece.length);
  if (bytes.length !== piece.length) throw new RangeError(`${bytes.length} bytes instead of ${piece.length}`);
  if (piece.packing === 'raw' || size === 1) out.set(bytes);
  else joinElements(bytes, size, out);
}
