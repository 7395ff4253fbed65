import { stat } from 'node:fs/promises';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import type { ValueKind } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { cleanAxis } from '../cleaning/clean-axis.ts';
import type { FormatReader, ImportChoice, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FoundDataset, FoundMatrix, ReadPurpose } from '../found-dataset.ts';
import { Hdf5File } from '../hdf5/hdf5-file.ts';
import { sniffHdf5 } from '../hdf5/hdf5-signature.ts';
import { chosen, resolveOptions, valuesChoice } from '../import-options.ts';
import { foundProteins } from '../found-proteins.ts';
import { featureTypeChoice, pickRows, placesOf } from '../kept-features.ts';
import { splitProteins } from '../protein-features.ts';
import { readDataFrame } from './dataframe.ts';
import { checkAxes, findMatrices, streamMatrix, surveyMatrix } from './h5ad-matrix.ts';
import type { H5adMatrix } from './h5ad-matrix.ts';
import { layersChoice, mainMatrixChoice } from './main-matrix.ts';
import { withCategoryColours } from './category-colours.ts';
import { readObsm } from './obsm.ts';
import { proteinsInObsm } from './proteins-in-obsm.ts';
import { readSpatial } from './spatial/read-spatial.ts';

/** Values that are all looked at; of larger matrices, a fifth of that. */
const surveyAll = 20_000_000;

/**
 * AnnData `.h5ad` in the layouts of 0.5 to 0.12: X, layers and raw as CSR, CSC or dense; obs and var with categories,
 * booleans, text and nullable columns; obsm; tissue images. Matrices stream by observation with bounded memory: CSR as it lies, dense
 * in slabs of rows, CSC in as many passes over the file as its entries need at 200 MB each.
 *
 * Whether values are counts is told as for Cell Ranger files; see `tenxH5Reader`.
 */
export const h5adReader: FormatReader = formatReader({
  id: 'h5ad',
  title: 'AnnData .h5ad',
  accepts: '.h5ad',
  sniff: async (path) => (await sniffHdf5(path, isAnnData)) ?? false,
  find: async (path, options, purpose, task) => {
    const file = await Hdf5File.open(path);
    try {
      return await find(file, path, options, purpose, task);
    } catch (error) {
      file.close();
      throw error;
    }
  },
});

function isAnnData(file: Hdf5File): boolean {
  const keys = file.keys('/');
  return (
    keys.includes('obs') &&
    keys.includes('var') &&
    ['X', 'layers', 'raw', 'raw.X'].some((key) => keys.includes(key)) &&
    !keys.includes('mod')
  );
}

async function find(
  file: Hdf5File,
  path: string,
  options: ImportOptions,
  purpose: ReadPurpose,
  task: LongTask,
): Promise<FoundDataset> {
  if (!isAnnData(file))
    throw new LacunaError(
      'bad-file',
      `${path} is no AnnData file: it has no obs, var and X.`,
      'Check that this is the file you meant.',
      { file: path },
    );
  const matrices = findMatrices(file);
  if (matrices.length === 0)
    throw new LacunaError(
      'bad-file',
      `${path} holds no matrix: neither X, nor layers, nor raw could be understood.`,
      'Write it again with a current anndata.',
      { file: path },
    );
  const matrixChoice = await mainMatrixChoice(file, matrices, task);
  const mainValue = resolveOptions(path, [matrixChoice], 'matrix' in options ? { matrix: options['matrix'] } : {})[
    'matrix'
  ];
  const main = matrices.find(({ value }) => value === mainValue)!;

  const obsFrame = readDataFrame(file, 'obs');
  const varPlace = main.value !== 'raw/X' ? 'var' : file.kind('raw/var') === 'missing' ? 'raw.var' : 'raw/var';
  const varFrame = readDataFrame(file, varPlace);
  checkAxes(file, main, obsFrame.names.length, varFrame.names.length);
  const varColumns = varFrame.columns.map(renamed);
  const types = textOf(varColumns.find(({ name }) => name === 'feature_type'));
  const choices = [matrixChoice, layersChoice(matrices, main), featureTypeChoice(types), valuesChoice].filter(
    (choice): choice is ImportChoice => choice !== null,
  );
  const resolved = resolveOptions(path, choices, options);

  const wantedTypes = 'features' in resolved ? new Set(chosen({ kind: 'many-of' }, resolved['features'])) : null;
  const { main: kept, proteins } = splitProteins(
    types,
    Int32Array.from(varFrame.names.keys()).filter((i) => wantedTypes?.has(types[i]) ?? true),
  );
  const obs = cleanAxis(
    { names: obsFrame.names, ids: null, columns: withCategoryColours(file, obsFrame.columns) },
    'cell',
  );
  const ids = textOf(varColumns.find(({ name }) => name === 'gene_id'));
  const vars = cleanAxis(
    {
      names: Array.from(kept, (i) => varFrame.names[i]),
      ids: ids.length > 0 ? Array.from(kept, (i) => ids[i]) : null,
      columns: varColumns.map((column) => pickRows(column, kept)),
    },
    'gene',
  );

  const varMap = placesOf(kept, varFrame.names.length);
  const keep = varMap && Uint8Array.from(varMap, (place) => (place >= 0 ? 1 : 0));
  const names = { obsName: (i: number) => obs.table.names[i], varName: (i: number) => varFrame.names[i] };
  const warnings: string[] = [];
  const describe = async (matrix: H5adMatrix, name: string): Promise<FoundMatrix> => {
    const size =
      matrix.layout === 'dense' ? matrix.nObs * matrix.nVar : (file.info(`${matrix.place}/data`).shape[0] ?? 0);
    const survey = await surveyMatrix(file, matrix, size <= surveyAll ? size : surveyAll / 5, keep, names, task);
    const valueKind = (
      resolved['values'] === 'auto' || matrix !== main ? survey.values.kind() : resolved['values']
    ) as ValueKind;
    const warning = survey.values.warning(matrix.value);
    if (matrix === main && warning) warnings.push(warning);
    const rules = { file: path, nSourceVar: matrix.nVar, nVar: kept.length, varMap, valueKind, ...names };
    return {
      name,
      nnz: survey.nnz,
      valueKind,
      valuesSampled: survey.values.sampled(survey.nnz, size),
      chunks: (signal) => streamMatrix(file, matrix, rules, signal),
    };
  };
  const found = [await describe(main, 'X')];
  const proteinNames = { names: varFrame.names, ids: ids.length > 0 ? ids : varFrame.names };
  const modalities = foundProteins(proteinNames, proteins, found[0].valueKind, (map, signal) =>
    streamMatrix(
      file,
      main,
      {
        file: path,
        nSourceVar: main.nVar,
        nVar: proteins.length,
        varMap: map,
        valueKind: found[0].valueKind,
        ...names,
      },
      signal,
    ),
  );
  for (const value of chosen({ kind: 'many-of' }, resolved['layers'] ?? '')) {
    found.push(
      await describe(
        matrices.find((matrix) => matrix.value === value)!,
        value === 'X' ? 'X of the file' : value.replace(/^layers\//, ''),
      ),
    );
  }
  if (found[0].valueKind !== 'counts')
    warnings.push('No matrix with raw counts was chosen: methods that model counts cannot use this dataset.');
  else if (main.value !== 'X' && !('matrix' in options))
    warnings.push(`The raw counts are in ${main.value}; this is the matrix that will be imported.`);

  const obsm = readObsm(file, obsFrame.names.length);
  const beside = proteins.length > 0 ? null : proteinsInObsm(file, obsm.arrays);
  if (beside !== null) modalities.push(beside.modality);
  const spatial = readSpatial(file, obsm.arrays, obs.table.columns, purpose === 'inspect');
  const { title, version } = layoutOf(file);
  return {
    title,
    version,
    files: [{ path, bytes: (await stat(path)).size }],
    obs: obs.table,
    var: vars.table,
    obsm: beside === null ? obsm.arrays : obsm.arrays.filter((array) => array !== beside.array),
    spatial: spatial.layout,
    matrices: found,
    modalities,
    layers: matrices.filter(({ value }) => value !== 'X').map(({ value }) => value.replace(/^layers\//, '')),
    choices,
    options: resolved,
    warnings: [
      ...warnings,
      ...obs.warnings,
      ...vars.warnings,
      ...skippedWarnings('obs', obsFrame.skipped),
      ...skippedWarnings(varPlace, varFrame.skipped),
      ...obsm.warnings,
      ...spatial.warnings,
    ],
    close: () => file.close(),
  };
}

/** scanpy's names for what every dataset of Lacuna calls `gene_id` and `feature_type`. Identifiers are text. */
function renamed(column: Column): Column {
  const names: Record<string, string> = { gene_ids: 'gene_id', feature_types: 'feature_type' };
  const name = names[column.name] ?? column.name;
  return name === 'gene_id' ? { kind: 'string', name, values: textOf(column) } : { ...column, name };
}

/** A column as text; `[]` when there is none. */
function textOf(column: Column | undefined): string[] {
  if (column === undefined) return [];
  if (column.kind === 'categorical')
    return Array.from(column.codes, (code) => (code < 0 ? '' : column.categories[code]));
  return column.kind === 'string' ? column.values : Array.from(column.values, String);
}

function skippedWarnings(place: string, skipped: readonly string[]): string[] {
  if (skipped.length === 0) return [];
  return [
    `These columns of ${place} were not imported, because Lacuna has no place for their kind: ${skipped.join(', ')}.`,
  ];
}

/** Which anndata wrote the file, as far as its layout tells. */
function layoutOf(file: Hdf5File): { title: string; version: string } {
  const version =
    file.kind('obs') === 'dataset'
      ? '0.6 or earlier'
      : file.attribute('/', 'encoding-type') === 'anndata'
        ? '0.8 or later'
        : '0.7';
  return { title: `AnnData .h5ad (layout of ${version})`, version };
}
