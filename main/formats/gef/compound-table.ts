import { LacunaError } from '../../errors/lacuna-error.ts';
import type { CompoundColumn, Hdf5File } from '../hdf5/hdf5-file.ts';

/** Some rows of a table of records, column by column. */
export class CompoundTable {
  readonly #columns: Map<string, CompoundColumn>;
  readonly #file: Hdf5File;
  readonly #place: string;

  /** @param rows `[start, stop)`; all when left out. @throws LacunaError `bad-file`, `truncated-file` */
  constructor(file: Hdf5File, place: string, expected: string, rows?: readonly [number, number]) {
    this.#file = file;
    this.#place = place;
    this.#columns = new Map(file.readCompound(place, expected, rows).map((column) => [column.name, column]));
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  /** The first of `names` that is there. @throws LacunaError `bad-file` when none is, or it holds no numbers */
  numbers(...names: string[]): Float64Array {
    const column = this.#first(names)?.numbers;
    if (!column) throw this.#lacks(names);
    return column;
  }

  /** The first of `names` that is there; `null` when none is. */
  strings(...names: string[]): string[] | null {
    return this.#first(names)?.strings ?? null;
  }

  /** @throws LacunaError `bad-file` when none of `names` is there */
  requiredStrings(...names: string[]): string[] {
    const strings = this.strings(...names);
    if (strings === null) throw this.#lacks(names);
    return strings;
  }

  #first(names: readonly string[]): CompoundColumn | undefined {
    for (const name of names) if (this.#columns.has(name)) return this.#columns.get(name);
    return undefined;
  }

  #lacks(names: readonly string[]): LacunaError {
    const { path } = this.#file;
    return new LacunaError(
      'bad-file',
      `${path} lacks '${names.join("' or '")}' in the table ${this.#place}; it has ${[...this.#columns.keys()].join(', ')}.`,
      'Check that the file was written completely by SAW or stereopy.',
      { file: path, place: this.#place },
    );
  }
}
