import type { ObsmArray } from '../../dataset/dataset-source.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { readDataFrame } from './dataframe.ts';

/** Arrays wider than this stay in the file: annotations live in memory. */
const widest = 2048;
/** stereopy's array of the outlines of cells, which goes to the tissue section and not to the embeddings. */
const outlines = 'cell_border';

/**
 * Coordinates and embeddings, and a sentence for each thing in obsm that was left out. AnnData has no place for units;
 * files that Lacuna wrote name them in `uns/obsm_units`.
 */
export function readObsm(file: Hdf5File, nObs: number): { arrays: ObsmArray[]; warnings: string[] } {
  const arrays: ObsmArray[] = [];
  const warnings: string[] = [];
  if (file.kind('obsm') === 'dataset') {
    // anndata to 0.6: one table of records, a short array in each
    for (const { name, numbers, width } of file.readCompound('obsm', 'a table of coordinates')) {
      if (numbers && numbers.length === nObs * width) arrays.push({ name, nDim: width, values: numbers, unit: '' });
    }
    return { arrays, warnings };
  }
  for (const name of file.keys('obsm')) {
    if (name === outlines && file.kind(`obsm/${name}`) === 'dataset') continue;
    const found = file.kind(`obsm/${name}`) === 'dataset' ? arrayOf(file, name, nObs) : tableOf(file, name, nObs);
    if (typeof found === 'string') warnings.push(`obsm '${name}' was not imported: ${found}.`);
    else arrays.push({ ...found, unit: unitOf(file, name) });
  }
  return { arrays, warnings };
}

function unitOf(file: Hdf5File, name: string): string {
  const place = `uns/obsm_units/${name}`;
  if (file.kind(place) !== 'dataset' || file.info(place).kind !== 'string') return '';
  return file.readStrings(place)[0]?.trim() ?? '';
}

function arrayOf(file: Hdf5File, name: string, nObs: number): ObsmArray | string {
  const place = `obsm/${name}`;
  const { kind, shape } = file.info(place);
  if (kind !== 'integer' && kind !== 'float') return 'it does not hold numbers';
  const nDim = shape.length === 1 ? 1 : shape[1];
  if (shape.length > 2 || shape[0] !== nObs) return `its shape is ${shape.join(' × ')}`;
  if (nDim > widest)
    return `it has ${nDim.toLocaleString('en-US')} columns, more than ${widest.toLocaleString('en-US')}`;
  return { name, nDim, values: file.readNumbers(place), unit: '' };
}

/** A table of numbers is an array; sparse matrices and tables of other things are left in the file. */
function tableOf(file: Hdf5File, name: string, nObs: number): ObsmArray | string {
  const encoding = file.attribute(`obsm/${name}`, 'encoding-type');
  if (encoding !== 'dataframe') return typeof encoding === 'string' ? `it is stored as ${encoding}` : 'it is no array';
  const { columns, names } = readDataFrame(file, `obsm/${name}`);
  const numeric = columns.filter((column) => column.kind === 'numeric');
  if (numeric.length === 0 || numeric.length < columns.length || names.length !== nObs)
    return 'it is a table that does not hold numbers alone';
  const nDim = numeric.length;
  const values = new Float64Array(nObs * nDim);
  numeric.forEach((column, d) => column.values.forEach((value, i) => (values[i * nDim + d] = value)));
  return { name, nDim, values, unit: '' };
}
