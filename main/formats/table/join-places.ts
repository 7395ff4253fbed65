import { LacunaError } from '../../errors/lacuna-error.ts';
import { BarcodeIndex } from '../labels/barcode-index.ts';
import type { CellNotes } from './cell-notes.ts';

/** What another table says of the cells, in the order of the cells. */
export interface JoinedPlaces {
  /** [nObs × axes], NaN where a cell has no position */
  coordinates: Float64Array;
  /** [annotations][nObs], '' where a cell has no line */
  annotations: string[][];
  /** Cells that have a line. */
  matched: number;
  warnings: string[];
}

/**
 * Finds the line of each cell: by name (without the '-1' at the end of barcodes where that is what it takes), or, where
 * one of the tables has no names, by order.
 *
 * @param names [nObs], of the cells as the counts have them; '' where they have none
 * @param files the names of both files, for errors and warnings
 * @throws LacunaError `bad-file` when lines have to be matched by order, but there are not as many as cells
 */
export function joinPlaces(
  names: readonly string[],
  notes: CellNotes,
  files: { counts: string; places: string },
): JoinedPlaces {
  const nObs = names.length;
  const n = (value: number) => value.toLocaleString('en-US');
  const warnings: string[] = [];
  const lineOf = new Int32Array(nObs).fill(-1);
  const unnamed = notes.columns.id < 0 || names.every((name) => name === '');
  const isSame = notes.length === nObs && names.every((name, i) => name === notes.names[i]);
  if (unnamed || isSame) {
    if (notes.length !== nObs) {
      throw new LacunaError(
        'bad-file',
        `${files.places} has ${n(notes.length)} lines for ${n(nObs)} cells of ${files.counts}, and no names by which they could be matched.`,
        'Choose the columns with the names of the cells in both tables, or the table that belongs to these counts.',
        { file: files.places, lines: notes.length, nObs },
      );
    }
    lineOf.forEach((_, i) => (lineOf[i] = i));
    if (!isSame || unnamed)
      warnings.push(
        `The lines of ${files.places} were taken in the order of the cells, since there are no names in common.`,
      );
  } else {
    const index = new BarcodeIndex(names);
    let strangers = 0;
    let repeated = 0;
    notes.names.forEach((name, line) => {
      const obs = index.find(name);
      if (obs < 0) strangers++;
      else if (lineOf[obs] >= 0) repeated++;
      else lineOf[obs] = line;
    });
    const twice = nObs - new Set(names).size;
    if (twice > 0)
      warnings.push(
        `${n(twice)} cells of ${files.counts} share their name with another one: only one of each got its position.`,
      );
    if (strangers > 0)
      warnings.push(
        `${n(strangers)} of ${n(notes.length)} lines of ${files.places} belong to no cell of ${files.counts}.`,
      );
    if (repeated > 0) warnings.push(`${n(repeated)} lines of ${files.places} repeat a name; the first counts.`);
  }
  const nAxes = notes.columns.axes.length;
  const coordinates = new Float64Array(nObs * nAxes).fill(NaN);
  let matched = 0;
  lineOf.forEach((line, obs) => {
    if (line < 0) return;
    matched++;
    for (let axis = 0; axis < nAxes; axis++) coordinates[obs * nAxes + axis] = notes.coordinates[line * nAxes + axis];
  });
  const annotations = notes.annotations.map((texts) => Array.from(lineOf, (line) => (line < 0 ? '' : texts[line])));
  return { coordinates, annotations, matched, warnings };
}
