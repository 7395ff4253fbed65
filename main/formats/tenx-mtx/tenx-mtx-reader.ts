import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ValueKind } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { cleanAxis } from '../cleaning/clean-axis.ts';
import type { FormatReader, ImportChoice, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FolderChoices, FoundDataset, ReadPurpose } from '../found-dataset.ts';
import { resolveOptions, valuesChoice } from '../import-options.ts';
import { foundProteins } from '../found-proteins.ts';
import { featureColumns, featureTypeChoice, keptFeatures, placesOf } from '../kept-features.ts';
import { splitProteins } from '../protein-features.ts';
import type { TenxFeatures } from '../tenx-h5/tenx-layout.ts';
import { mtxBatches } from './mtx-batches.ts';
import { findMtxFiles, isMatrixMarket } from './mtx-files.ts';
import type { MtxFiles } from './mtx-files.ts';
import { mtxChunks, surveyMtx } from './mtx-matrix.ts';
import { fitAxes, readBarcodes, readFeatureList } from './name-lists.ts';
import type { MtxHeader } from './mtx-parser.ts';

/** An inspection reads files up to this size completely (a few seconds); of larger ones the first entries. */
const inspectAllBytes = 64 * 1024 * 1024;
const inspectEntries = 4_000_000;

/**
 * Folders with `matrix.mtx`, `barcodes.tsv` and `genes.tsv` (Cell Ranger 2) or `features.tsv` (3 and later), gzipped or
 * not, with or without a prefix; the path may be the folder or the matrix file.
 *
 * An import reads the matrix twice: first to check every line, to tell what the values are and whether the cells come in
 * order, so that nothing wrong is met half-way; then to stream it.
 */
export const tenxMtxReader: FormatReader = formatReader({
  id: '10x-mtx',
  title: '10x folder (matrix.mtx)',
  accepts: 'folder with matrix.mtx, barcodes.tsv and features.tsv or genes.tsv, gzipped or not',
  sniff: async (path) => {
    try {
      const [first] = await findMtxFiles(path);
      return first !== undefined && (await isMatrixMarket(first.matrix));
    } catch {
      return false;
    }
  },
  find: findTenxMtx,
});

/** What is in a folder. @param folder choices of a reader of folders, in which it found this one */
export async function findTenxMtx(
  path: string,
  options: ImportOptions,
  purpose: ReadPurpose,
  task: LongTask,
  folder?: FolderChoices,
): Promise<FoundDataset> {
  const all = await findMtxFiles(path);
  if (all.length === 0)
    throw new LacunaError(
      'bad-file',
      `${path} holds no matrix.mtx or matrix.mtx.gz.`,
      'Choose the folder in which the matrix lies.',
      { file: path },
    );
  const sampleChoice = all.length > 1 ? choiceOfSample(all) : null;
  const label = sampleChoice
    ? resolveOptions(path, [sampleChoice], 'sample' in options ? { sample: options['sample'] } : {})['sample']
    : all[0].label;
  const files = all.find((one) => one.label === label) ?? all[0];
  if (files.barcodes === null) throw missingList(files, 'barcodes.tsv', 'the cells');
  if (files.features === null) throw missingList(files, 'features.tsv (or genes.tsv)', 'the genes');

  const header = await readHeader(files.matrix);
  let barcodes = await readBarcodes(files.barcodes);
  let features = await readFeatureList(files.features);
  const fit = fitAxes(
    files.matrix,
    header.rows,
    header.columns,
    { path: files.barcodes, n: barcodes.length },
    { path: files.features, n: features.ids.length },
  );
  if (fit.barcodesHaveHeading) barcodes = barcodes.slice(1);
  if (fit.featuresHaveHeading) features = withoutFirst(features);

  const choices = [...(folder?.choices ?? []), sampleChoice, featureTypeChoice(features.types), valuesChoice].filter(
    (choice): choice is ImportChoice => choice !== null,
  );
  const resolved = resolveOptions(path, choices, options);
  const { main: kept, proteins } = splitProteins(features.types, keptFeatures(path, features, choices, resolved));
  const obs = cleanAxis({ names: barcodes, ids: null, columns: [] }, 'cell');
  const vars = cleanAxis(
    {
      names: Array.from(kept, (i) => features.names[i]),
      ids: Array.from(kept, (i) => features.ids[i]),
      columns: featureColumns(features, kept),
    },
    'gene',
  );

  const nSourceVar = features.ids.length;
  const varMap = placesOf(kept, nSourceVar);
  const keep = varMap && Uint8Array.from(varMap, (place) => (place >= 0 ? 1 : 0));
  const matrix = { path: files.matrix, nObs: barcodes.length, cellsAreRows: fit.cellsAreRows };
  const names = { obsName: (i: number) => obs.table.names[i], varName: (i: number) => features.names[i] };
  const sizes = await Promise.all(
    [files.matrix, files.barcodes, files.features].map(async (one) => ({ path: one, bytes: (await stat(one)).size })),
  );
  const limit = purpose === 'inspect' && sizes[0].bytes > inspectAllBytes ? inspectEntries : Infinity;
  const survey = await surveyMtx(matrix, limit, keep, names, task);
  const valueKind = (resolved['values'] === 'auto' ? survey.values.kind() : resolved['values']) as ValueKind;
  const rules = { file: basename(files.matrix), nSourceVar, nVar: kept.length, varMap, valueKind, ...names };
  const warnings = [...obs.warnings, ...vars.warnings];
  if (fit.barcodesHaveHeading) warnings.push(`The first line of ${basename(files.barcodes)} was taken as a heading.`);
  if (fit.featuresHaveHeading) warnings.push(`The first line of ${basename(files.features)} was taken as a heading.`);
  const valueWarning = survey.values.warning('The matrix');
  if (valueWarning) warnings.push(valueWarning);
  const version = /genes?\.\w+(\.gz)?$/i.test(files.features) ? 'v2' : 'v3';
  return {
    title: `10x folder (${version === 'v2' ? 'Cell Ranger 2' : 'Cell Ranger 3 or later'})`,
    version,
    files: sizes,
    obs: obs.table,
    var: vars.table,
    obsm: [],
    matrices: [
      {
        name: 'X',
        nnz: survey.nnz,
        valueKind,
        valuesSampled: survey.values.sampled(survey.nnz, header.entries),
        offsets: survey.offsets,
        chunks: (signal) => mtxChunks(matrix, survey, rules, signal),
      },
    ],
    modalities: foundProteins(features, proteins, valueKind, (varMap, signal) =>
      mtxChunks(matrix, survey, { ...rules, nVar: proteins.length, varMap }, signal),
    ),
    layers: [],
    choices,
    options: resolved,
    warnings,
    close: () => undefined, // files are open only while they are read
  };
}

function choiceOfSample(all: readonly MtxFiles[]): ImportChoice {
  return {
    key: 'sample',
    label: 'Matrix',
    help: 'This folder holds several matrices. Import it once for each that you need.',
    kind: 'one-of',
    options: all.map(({ label }) => ({ value: label, label })),
    default: all[0].label,
  };
}

function missingList(files: MtxFiles, name: string, what: string): LacunaError {
  return new LacunaError(
    'bad-file',
    `There is no ${name} beside ${basename(files.matrix)} in ${dirname(files.matrix)}: it names ${what}.`,
    'Put the three files of one run into one folder, with the same beginning of their names.',
    {
      file: files.matrix,
    },
  );
}

async function readHeader(path: string): Promise<MtxHeader> {
  for await (const { parser } of mtxBatches(path)) if (parser.header) return parser.header;
  throw new LacunaError(
    'truncated-file',
    `The file ends too early: ${basename(path)} ends before its numbers begin.`,
    'Copy it again.',
    { file: path },
  );
}

function withoutFirst(features: TenxFeatures): TenxFeatures {
  const { ids, names, types, genomes, extra } = features;
  return {
    ids: ids.slice(1),
    names: names.slice(1),
    types: types.slice(1),
    genomes: genomes.slice(1),
    extra: extra.map((column) => (column.kind === 'string' ? { ...column, values: column.values.slice(1) } : column)),
  };
}
