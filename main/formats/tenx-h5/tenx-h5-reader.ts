import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import type { ValueKind } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { cleanAxis } from '../cleaning/clean-axis.ts';
import type { FormatReader, ImportChoice, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FolderChoices, FoundDataset } from '../found-dataset.ts';
import { columnOfDataset } from '../hdf5/column-of-dataset.ts';
import { csrChunks, openCompressedSparse, surveySparse } from '../hdf5/compressed-sparse.ts';
import { Hdf5File } from '../hdf5/hdf5-file.ts';
import { sniffHdf5 } from '../hdf5/hdf5-signature.ts';
import { resolveOptions, valuesChoice } from '../import-options.ts';
import { featureColumns, featureTypeChoice, genomesChoice, keptFeatures, placesOf } from '../kept-features.ts';
import { foundProteins } from '../found-proteins.ts';
import { splitProteins } from '../protein-features.ts';
import { checkShape, readFeatures, readGenes, tenxLayout } from './tenx-layout.ts';

/** Entries that are all looked at (about a second); of larger matrices, a sample of a fifth of that. */
const surveyAll = 20_000_000;

/**
 * Cell Ranger and Space Ranger `.h5`: v1 and v2 (one group per genome), v3 and later (`matrix/features`), with several
 * genomes or feature types, and probe-level raw files. The matrix is stored compressed by barcode, which is by
 * observation, and streams as it lies.
 *
 * Whether the values are counts is told from all of them, or from 4 million spread evenly when there are more than 20
 * million. A value that contradicts this later, while the matrix streams, is an error that names its place and the way
 * out (`values=real`); nothing is silently changed.
 */
export const tenxH5Reader: FormatReader = formatReader({
  id: '10x-h5',
  title: 'Cell Ranger .h5',
  accepts: '.h5 of Cell Ranger or Space Ranger',
  sniff: async (path) => (await sniffHdf5(path, (file) => tenxLayout(file) !== null)) ?? false,
  find: (path, options, _purpose, task) => findTenxH5(path, options, task),
});

/** What is in a file. @param folder choices of the folder in which a reader of folders found it */
export async function findTenxH5(
  path: string,
  options: ImportOptions,
  task: LongTask,
  folder?: FolderChoices,
): Promise<FoundDataset> {
  const file = await Hdf5File.open(path);
  try {
    return await find(file, path, options, task, folder);
  } catch (error) {
    file.close();
    throw error;
  }
}

async function find(
  file: Hdf5File,
  path: string,
  options: ImportOptions,
  task: LongTask,
  folder?: FolderChoices,
): Promise<FoundDataset> {
  const layout = tenxLayout(file);
  if (layout === null) {
    throw new LacunaError(
      'bad-file',
      `${path} is no Cell Ranger file: it has no 'matrix' group and no genome group with barcodes, genes and a matrix.`,
      'Check that this is the file you meant.',
      { file: path },
    );
  }
  const groupChoice = layout.groups.length > 1 ? oneGenomeChoice(layout.groups) : null;
  // The group decides what else there is to choose, so it is settled first.
  const group = groupChoice ? resolveOptions(path, [groupChoice], pick(options, 'genome'))['genome'] : layout.groups[0];
  const features = layout.version === 3 ? readFeatures(file) : readGenes(file, group);
  const choices = [
    ...(folder?.choices ?? []),
    groupChoice,
    featureTypeChoice(features.types),
    layout.version === 3 ? genomesChoice(features.genomes) : null,
    valuesChoice,
  ].filter((choice): choice is ImportChoice => choice !== null);
  const resolved = resolveOptions(path, choices, options);

  const barcodes = file.readStrings(`${group}/barcodes`, 'the barcodes');
  const nObs = barcodes.length;
  const nSourceVar = features.ids.length;
  checkShape(file, group, nSourceVar, nObs);
  const { main: kept, proteins } = splitProteins(features.types, keptFeatures(path, features, choices, resolved));
  const obs = cleanAxis({ names: barcodes, ids: null, columns: barcodeColumns(file, group, nObs) }, 'cell');
  const columns = featureColumns(features, kept);
  const vars = cleanAxis(
    { names: Array.from(kept, (i) => features.names[i]), ids: Array.from(kept, (i) => features.ids[i]), columns },
    'gene',
  );

  const matrix = openCompressedSparse(file, group, nObs);
  const varMap = placesOf(kept, nSourceVar);
  const keep = varMap && Uint8Array.from(varMap, (place) => (place >= 0 ? 1 : 0));
  const nameOf = (major: number, minor: number) => ({ obs: obs.table.names[major], var: features.names[minor] });
  const limit = matrix.nnz <= surveyAll ? matrix.nnz : surveyAll / 5;
  const survey = await surveySparse(matrix, limit, keep, nameOf, task);
  const valueKind = (resolved['values'] === 'auto' ? survey.values.kind() : resolved['values']) as ValueKind;
  const empty = countEmpty(matrix.indptr);
  const rules = {
    file: path,
    nSourceVar,
    valueKind,
    obsName: (i: number) => obs.table.names[i],
    varName: (i: number) => features.names[i],
  };
  return {
    title: title(file, layout.version),
    version: versionText(file, layout.version),
    files: [{ path, bytes: (await stat(path)).size }],
    obs: obs.table,
    var: vars.table,
    obsm: [],
    matrices: [
      {
        name: 'X',
        nnz: survey.nnz,
        valueKind,
        valuesSampled: survey.values.sampled(survey.nnz, matrix.nnz),
        offsets: matrix.indptr,
        chunks: (signal) => csrChunks(matrix, { ...rules, nVar: kept.length, varMap }, signal),
      },
    ],
    modalities: foundProteins(features, proteins, valueKind, (varMap, signal) =>
      csrChunks(matrix, { ...rules, nVar: proteins.length, varMap }, signal),
    ),
    layers: [],
    choices,
    options: resolved,
    warnings: [
      ...obs.warnings,
      ...vars.warnings,
      survey.values.warning('The matrix'),
      ...(folder ? [] : [emptyWarning(empty, nObs), await besideWarning(path)]),
    ].filter((warning): warning is string => warning !== null),
    close: () => file.close(),
  };
}

/** Per-barcode datasets beside the matrix, such as `filtered_barcodes` in probe-level files. */
function barcodeColumns(file: Hdf5File, group: string, nObs: number): Column[] {
  return file
    .keys(group)
    .filter(
      (key) => !['barcodes', 'data', 'indices', 'indptr', 'shape', 'features', 'genes', 'gene_names'].includes(key),
    )
    .filter((key) => file.kind(`${group}/${key}`) === 'dataset' && file.info(`${group}/${key}`).shape[0] === nObs)
    .map((key) => columnOfDataset(file, `${group}/${key}`, key))
    .filter((column): column is Column => column !== null);
}

function oneGenomeChoice(groups: string[]): ImportChoice {
  return {
    key: 'genome',
    label: 'Genome',
    help: 'This file holds one matrix per genome. Import it once for each that you need.',
    kind: 'one-of',
    options: groups.map((value) => ({ value, label: value })),
    default: groups[0],
  };
}

function pick(options: ImportOptions, key: string): ImportOptions {
  return key in options ? { [key]: options[key] } : {};
}

function title(file: Hdf5File, version: 2 | 3): string {
  const software = attributeText(file, 'software_version');
  const chemistry = attributeText(file, 'chemistry_description');
  const name = /spaceranger/i.test(software)
    ? 'Space Ranger .h5'
    : version === 3
      ? 'Cell Ranger 3 .h5'
      : 'Cell Ranger 2 .h5';
  return chemistry === '' ? name : `${name}, ${chemistry}`;
}

function versionText(file: Hdf5File, version: 2 | 3): string {
  return attributeText(file, 'software_version') || (version === 3 ? 'v3' : 'v2');
}

function attributeText(file: Hdf5File, name: string): string {
  const value = file.attribute('/', name);
  const single = Array.isArray(value) ? value[0] : value;
  return typeof single === 'string' ? single : '';
}

function countEmpty(indptr: Float64Array): number {
  let empty = 0;
  for (let i = 0; i + 1 < indptr.length; i++) if (indptr[i] === indptr[i + 1]) empty++;
  return empty;
}

/** Raw matrices list every barcode of the kit, most of them empty droplets. */
function emptyWarning(empty: number, nObs: number): string | null {
  if (empty < nObs / 2) return null;
  return `${empty.toLocaleString('en-US')} of ${nObs.toLocaleString('en-US')} barcodes have no count at all. This is probably the raw matrix; the filtered one of the same run holds the cells only.`;
}

/** A matrix taken out of a Space Ranger folder has no positions: choosing the folder gives them too. */
async function besideWarning(path: string): Promise<string | null> {
  const names = await readdir(join(dirname(path), 'spatial')).catch(() => []);
  if (!names.some((name) => name.startsWith('tissue_positions'))) return null;
  return `The positions of the spots lie beside this file, in the folder spatial. Choose the folder ${dirname(path)} instead to import both.`;
}
