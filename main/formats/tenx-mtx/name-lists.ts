import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { fileText } from '../file-bytes.ts';
import type { TenxFeatures } from '../tenx-h5/tenx-layout.ts';

/** The lines of a small tab-separated list, as fields without quotes. Blank lines at the end do not count. */
async function fieldsOf(path: string): Promise<string[][]> {
  const lines = (await fileText(path)).split(/\r\n|\n|\r/);
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  const separator = /\.csv(\.gz)?$/i.test(path) ? ',' : '\t';
  return lines.map((line) => line.split(separator).map((field) => field.replace(/^"(.*)"$/, '$1').trim()));
}

/** The barcodes, one a line. Further columns are ignored. */
export async function readBarcodes(path: string): Promise<string[]> {
  return (await fieldsOf(path)).map(([barcode]) => barcode);
}

/** `genes.tsv` (identifier, name) or `features.tsv` (identifier, name, type, and positions in multiome files). */
export async function readFeatureList(path: string): Promise<TenxFeatures> {
  const rows = await fieldsOf(path);
  const ids = rows.map(([id]) => id);
  const hasType = rows.some((row) => row.length >= 3);
  const features: TenxFeatures = {
    ids,
    names: rows.map(([id, name]) => name ?? id),
    types: rows.map((row) => row[2] ?? (hasType ? '' : 'Gene Expression')),
    genomes: ids.map(() => ''),
    extra: [],
  };
  if (rows.some((row) => row.length >= 6)) {
    features.extra.push({
      kind: 'string',
      name: 'interval',
      values: rows.map(([, , , chromosome, start, end]) => (chromosome ? `${chromosome}:${start}-${end}` : '')),
    });
  }
  return features;
}

/** Which axis of a matrix of `rows` × `columns` the lists name. */
export interface AxisFit {
  cellsAreRows: boolean;
  /** True when the first line of a list is a heading. */
  barcodesHaveHeading: boolean;
  featuresHaveHeading: boolean;
}

/**
 * Fits the lists to the matrix: genes are rows in 10x files, cells are rows elsewhere, and a list may begin with a
 * heading, which shows in its being one line longer.
 * @throws LacunaError `bad-file` that names the list which does not fit, and the numbers
 */
export function fitAxes(
  matrix: string,
  rows: number,
  columns: number,
  barcodes: { path: string; n: number },
  features: { path: string; n: number },
): AxisFit {
  for (const cellsAreRows of [false, true]) {
    const [nObs, nVar] = cellsAreRows ? [rows, columns] : [columns, rows];
    const extraBarcodes = barcodes.n - nObs;
    const extraFeatures = features.n - nVar;
    const fits = (extra: number) => extra === 0 || extra === 1;
    if (fits(extraBarcodes) && fits(extraFeatures)) {
      return { cellsAreRows, barcodesHaveHeading: extraBarcodes === 1, featuresHaveHeading: extraFeatures === 1 };
    }
  }
  const n = (value: number) => value.toLocaleString('en-US');
  const wrong = barcodes.n !== columns ? barcodes : features;
  const [found, expected, what] = wrong === barcodes ? [barcodes.n, columns, 'cells'] : [features.n, rows, 'genes'];
  const ended = found < expected;
  return raise(
    new LacunaError(
      ended ? 'truncated-file' : 'bad-file',
      `${basename(wrong.path)} has ${n(found)} ${found === 1 ? 'line' : 'lines'}, but ${basename(matrix)} has ${n(expected)} ${what}.`,
      ended
        ? 'It was probably cut off while copying, or belongs to another matrix: copy all three files again.'
        : 'It probably belongs to another matrix: put the three files of one run together.',
      { file: wrong.path, found, expected },
    ),
  );
}

function raise(error: LacunaError): never {
  throw error;
}
