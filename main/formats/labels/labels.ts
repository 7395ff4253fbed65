import { basename } from 'node:path';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import type { DatasetSource } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { fileText } from '../file-bytes.ts';
import { BarcodeIndex } from './barcode-index.ts';
import { delimitedTable } from './delimited-table.ts';
import { typedColumn } from './typed-column.ts';

/** A labels file as text: which column holds the barcodes shows only beside the dataset. */
export interface LabelTable {
  path: string;
  /** All lines, a heading included. */
  rows: string[][];
}

/** How a labels file fits a dataset. */
export interface LabelFit {
  /** One per column of the file other than the barcodes, aligned to the observations. */
  columns: Column[];
  /** Observations that have a line. */
  matched: number;
  /** True when barcodes fit only after leaving out the `-1` at their end. */
  withoutSuffix: boolean;
  /** Barcodes of the file without an observation. */
  unmatchedLabels: string[];
  /** Names of observations without a line. */
  unlabelledObs: string[];
  /** Lines left out because an earlier one has the same barcode. */
  duplicateLabels: number;
}

/** What was added to a dataset, for the person who asked; names at most ten of each kind. */
export interface LabelsJoined {
  path: string;
  columns: string[];
  matched: number;
  nObs: number;
  missingFromFile: string[];
  missingFromDataset: string[];
}

/**
 * Reads a CSV or TSV with one line per cell, gzipped or not.
 * @throws LacunaError `not-found`, `bad-file`, `truncated-file`
 */
export async function readLabels(path: string, task: LongTask = {}): Promise<LabelTable> {
  throwIfCancelled(task.signal);
  const content = await fileText(path).catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  if (content.includes('\0')) {
    throw new LacunaError(
      'bad-file',
      `${basename(path)} is not a text table.`,
      'Labels come as CSV or TSV: one line per cell, the barcode in one column.',
      { file: path },
    );
  }
  const rows = delimitedTable(path, content).map((row) => row.map((field) => field.trim()));
  if (rows.length === 0)
    throw new LacunaError(
      'bad-file',
      `${basename(path)} is empty.`,
      'Labels come as CSV or TSV: one line per cell, the barcode in one column.',
      { file: path },
    );
  if (Math.max(...rows.slice(0, 100).map((row) => row.length)) < 2) {
    throw new LacunaError(
      'bad-file',
      `${basename(path)} has one column only; a barcode and at least one label in each line were expected.`,
      'Save the table as CSV with commas, or as TSV with tabs.',
      { file: path },
    );
  }
  return { path, rows };
}

/**
 * Fits the lines to the observations by barcode: as it is, else without the `-1` at the end of either, where that stays
 * unique. The column with the barcodes, and whether there is a heading, are told by which fits.
 */
export function fitLabels(obsNames: readonly string[], table: LabelTable): LabelFit {
  const index = new BarcodeIndex(obsNames);
  const width = Math.max(...table.rows.map((row) => row.length));
  const barcodeColumn = columnOfBarcodes(index, table.rows, width);
  // R writes no heading over the row names: the first line is then one field short.
  const [first, ...rest] = table.rows;
  const shifted = first.length === width - 1 && rest.length > 0 && rest.every((row) => row.length === width);
  const hasHeading = shifted || index.find(first[barcodeColumn] ?? '') < 0;
  const heading = shifted ? ['', ...first] : hasHeading ? first : [];
  const rows = hasHeading ? rest : table.rows;

  const rowOfObs = new Int32Array(obsNames.length).fill(-1);
  const unmatchedLabels: string[] = [];
  let matched = 0;
  let duplicateLabels = 0;
  let withoutSuffix = false;
  rows.forEach((row, r) => {
    const barcode = row[barcodeColumn] ?? '';
    const obs = index.find(barcode);
    if (obs < 0) unmatchedLabels.push(barcode);
    else if (rowOfObs[obs] >= 0) duplicateLabels++;
    else {
      rowOfObs[obs] = r;
      matched++;
      withoutSuffix ||= obsNames[obs] !== barcode;
    }
  });
  const others = Array.from({ length: width }, (_, c) => c).filter((c) => c !== barcodeColumn);
  const columns = others.map((c) => {
    const name = heading[c]?.trim() || (others.length === 1 ? 'label' : `column ${c + 1}`);
    return typedColumn(
      name,
      Array.from(rowOfObs, (row) => (row < 0 ? '' : (rows[row][c] ?? ''))),
    );
  });
  return {
    columns,
    matched,
    withoutSuffix,
    unmatchedLabels,
    unlabelledObs: obsNames.filter((_, i) => rowOfObs[i] < 0),
    duplicateLabels,
  };
}

/**
 * Adds the columns of a labels file to a dataset before it is stored. A name that is taken gets the file's name behind it.
 * @throws LacunaError `bad-file` when not a single barcode fits
 */
export function joinLabels(source: Pick<DatasetSource, 'nObs' | 'obs'>, table: LabelTable): LabelsJoined {
  const { names, columns } = source.obs;
  const fit = fitLabels(names, table);
  const file = basename(table.path);
  if (fit.matched === 0) {
    throw new LacunaError(
      'bad-file',
      `No barcode of ${file} is in the dataset: the dataset's begin with ${names[0]}, the file's with ${fit.unmatchedLabels[0] ?? 'nothing'}.`,
      'Check that the labels belong to this dataset, and that one column holds the barcodes as the dataset has them.',
      { file: table.path },
    );
  }
  const added = fit.columns.map((column) => {
    const taken = columns.some(({ name }) => name === column.name);
    return taken ? { ...column, name: `${column.name} (${file})` } : column;
  });
  columns.push(...added);
  return {
    path: table.path,
    columns: added.map(({ name }) => name),
    matched: fit.matched,
    nObs: source.nObs,
    missingFromFile: fit.unlabelledObs.slice(0, 10),
    missingFromDataset: fit.unmatchedLabels.slice(0, 10),
  };
}

function columnOfBarcodes(index: BarcodeIndex, rows: readonly string[][], width: number): number {
  const hits = Array.from({ length: width }, (_, c) =>
    rows.reduce((sum, row) => sum + (index.find(row[c] ?? '') >= 0 ? 1 : 0), 0),
  );
  return hits.indexOf(Math.max(...hits));
}
