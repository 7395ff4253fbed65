import type { ColumnUse, TableRow } from './table-parser.ts';
import { fieldError, plainNumber } from './table-number.ts';

/** Columns of a table that say something of each cell. */
export interface NotesColumns {
  /** Of the names; -1 where the rows have none. */
  id: number;
  /** Of what a name is unique within (field of view); -1 where names are unique by themselves. */
  within: number;
  /** Of x and y, or x, y and z; empty where there are no positions. */
  axes: number[];
  annotations: number[];
}

/** Names, positions and annotations of cells, collected line by line from a table with cells in rows. */
export class CellNotes {
  readonly columns: NotesColumns;
  /** [n]; '' where the rows have no names */
  readonly names: string[] = [];
  /** [n × axes], NaN where missing */
  readonly coordinates: number[] = [];
  /** [annotations][n] */
  readonly annotations: string[][];
  readonly #file: string;
  readonly #columnName: (column: number) => string;
  /** Where in `TableRow.texts` each stands. */
  readonly #places: Map<number, number>;

  constructor(file: string, columns: NotesColumns, columnName: (column: number) => string) {
    this.#file = file;
    this.columns = columns;
    this.#columnName = columnName;
    this.annotations = columns.annotations.map(() => []);
    const texts = [...new Set([columns.id, columns.within, ...columns.axes, ...columns.annotations])].filter(
      (c) => c >= 0,
    );
    this.#places = new Map(texts.sort((a, b) => a - b).map((column, place) => [column, place]));
  }

  get length(): number {
    return this.names.length;
  }

  /** `uses` with the columns that must be handed over as text; nothing else may be. */
  claim(uses: ColumnUse[]): ColumnUse[] {
    for (const column of this.#places.keys()) uses[column] = 'text';
    return uses;
  }

  /** @throws LacunaError `bad-file` for a position that is no number */
  add(row: TableRow): void {
    const { id, within, axes, annotations } = this.columns;
    const text = (column: number) => row.texts[this.#places.get(column) ?? -1] ?? '';
    this.names.push(id < 0 ? '' : within < 0 ? text(id) : `${text(within)}_${text(id)}`);
    for (const axis of axes) {
      const value = plainNumber(text(axis));
      if (value === null)
        throw fieldError(
          text(axis),
          { file: this.#file, line: row.line, column: this.#columnName(axis) },
          false,
          false,
        );
      this.coordinates.push(Number.isFinite(value) ? value : NaN);
    }
    annotations.forEach((column, i) => this.annotations[i].push(text(column)));
  }
}
