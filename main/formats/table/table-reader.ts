import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import type { ValueKind } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { cleanAxis } from '../cleaning/clean-axis.ts';
import type { FormatReader, ImportChoice, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FoundDataset } from '../found-dataset.ts';
import { resolveOptions, valuesChoice } from '../import-options.ts';
import { featureColumns, featureTypeChoice, keptFeatures, placesOf } from '../kept-features.ts';
import { typedColumn } from '../labels/typed-column.ts';
import { chunksOfColumns, chunksOfRows, surveyCounts } from './counts-table.ts';
import { joinPlaces } from './join-places.ts';
import { pairTables } from './pair-tables.ts';
import { readPlaces } from './read-places.ts';
import { findTables } from './table-files.ts';
import { tableSetName } from './table-name.ts';
import { planTables } from './table-plan.ts';
import type { TablePlan } from './table-plan.ts';
import { previewTable } from './table-preview.ts';

/** An inspection looks at the numbers in the first part of a table (a second or two), then only at the names. */
const inspectBytes = 128 * 1024 * 1024;

/**
 * Tables of counts as text, gzipped or not: cells in rows or genes in rows, with positions and annotations beside the
 * counts or in a table of their own (Slide-seq's `MappedDGEForR.csv` with `BeadLocationsForR.csv`, Vizgen's
 * `cell_by_gene.csv` with `cell_metadata.csv`, and whatever else has names and numbers). What is not said is guessed from
 * the content, and everything guessed is a choice.
 *
 * Memory is bounded by the names, the annotations and one chunk of counts; with genes in rows by 192 MiB of entries that
 * are not zero, for which the table is read once more for every 25 million of them.
 */
export const tableReader: FormatReader = formatReader({
  id: 'table',
  title: 'Text table of counts',
  accepts: '.csv, .tsv, .txt tables of counts, with positions beside them; gzipped or not',
  sniff: async (path) => {
    try {
      const isFolder = (await stat(path)).isDirectory();
      return pairTables(await findTables(path), isFolder ? null : path) !== null;
    } catch {
      return false;
    }
  },
  find,
});

async function find(
  path: string,
  options: ImportOptions,
  purpose: 'inspect' | 'import',
  task: LongTask,
): Promise<FoundDataset> {
  const isFolder = (
    await stat(path).catch((error: unknown) => {
      throw LacunaError.from(error);
    })
  ).isDirectory();
  const plan = await planTables(path, options, isFolder);
  const rowsAreCells = plan.orientation === 'cells-in-rows';
  const counts = await surveyCounts(plan, purpose === 'inspect' ? inspectBytes : Infinity, task);
  if (counts.rows.length === 0) throw noRows(plan);
  const [rawObs, rawVar] = rowsAreCells ? [counts.rows.names, counts.across] : [counts.across, counts.rows.names];
  if (rawObs.length === 0 || rawVar.length === 0) throw noRows(plan);

  const warnings: string[] = [];
  const places = await placesOfCells(plan, counts.rows, rawObs, task, warnings);
  const { placeOfObs, keptObs } = placed(places, rawObs.length, plan, warnings);
  const pick = (texts: readonly string[]) => Array.from(keptObs, (i) => texts[i]);
  const ownNotes = counts.rows.columns.annotations.map((c, i) => ({
    name: plan.counts.labels[c],
    texts: counts.rows.annotations[i],
  }));
  const notes = [...places.annotations, ...(rowsAreCells ? ownNotes : [])];
  const obsColumns = notes.map(({ name, texts }) => typedColumn(name, pick(texts)));
  const obs = cleanAxis({ names: pick(rawObs), ids: null, columns: obsColumns }, 'cell');

  const types = rawVar.map((name) => (controlProbe.test(name) ? 'Control probe' : 'Gene Expression'));
  const hasControls = types.includes('Control probe');
  const features = {
    ids: rawVar,
    names: rawVar,
    types: hasControls ? types : rawVar.map(() => ''),
    genomes: rawVar.map(() => ''),
    extra: rowsAreCells ? [] : ownNotes.map(({ name, texts }): Column => ({ kind: 'string', name, values: texts })),
  };
  const choices = [...plan.choices, featureTypeChoice(features.types), valuesChoice].filter(
    (choice): choice is ImportChoice => choice !== null,
  );
  const resolved = resolveOptions(path, choices, options);
  const keptVar = keptFeatures(path, features, choices, resolved);
  const vars = cleanAxis(
    {
      names: Array.from(keptVar, (i) => rawVar[i]),
      ids: null,
      columns: featureColumns(features, keptVar).filter((column) => column.name !== 'gene_id'),
    },
    'gene',
  );

  const valueKind = (resolved['values'] === 'auto' ? counts.values.kind() : resolved['values']) as ValueKind;
  const rules = {
    file: basename(plan.counts.path),
    nSourceVar: rawVar.length,
    nVar: keptVar.length,
    varMap: placesOf(keptVar, rawVar.length),
    valueKind,
    obsName: (i: number) => obs.table.names[i],
    varName: (i: number) => rawVar[i] || `column ${i + 1}`,
  };
  const valueWarning = counts.values.warning('The table');
  if (valueWarning) warnings.push(valueWarning);
  const nAxes = places.nAxes;
  const coordinates = Float64Array.from({ length: keptObs.length * nAxes }, (_, i) => {
    return places.coordinates[keptObs[Math.floor(i / nAxes)] * nAxes + (i % nAxes)];
  });
  const micrometres = plan.unit.micrometres;
  const nnz = countKept(counts, rowsAreCells ? [keptObs, keptVar] : [keptVar, keptObs], rawObs.length * rawVar.length);
  return {
    name: tableSetName(path, plan.counts.path, isFolder),
    title: `${plan.layout?.title ?? 'Text table'} (${rowsAreCells ? 'cells' : 'genes'} in rows)`,
    version: '',
    files: [plan.counts, ...(plan.places ? [plan.places] : [])].map(({ path: file, sketch }) => ({
      path: file,
      bytes: sketch.head.bytes,
    })),
    obs: obs.table,
    var: vars.table,
    obsm: nAxes === 0 ? [] : [{ name: 'spatial', nDim: nAxes, values: coordinates, unit: plan.unit.unit }],
    spatial:
      nAxes === 0
        ? null
        : {
            obsm: 'spatial',
            micrometresPerUnit: micrometres,
            spotSize: plan.spot === null ? null : plan.spot / (micrometres ?? 1),
            spotShape: 'circle',
            yDown: true,
            images: [],
            borders: null,
          },
    table: previewTable(plan.counts),
    positionsTable: plan.places && previewTable(plan.places),
    matrices: [
      {
        name: 'X',
        nnz: nnz.total,
        valueKind,
        valuesSampled: nnz.isComplete ? nnz.total : Math.min(nnz.total, counts.values.seen),
        chunks: (signal) =>
          rowsAreCells
            ? chunksOfRows(counts, placeOfObs, rules, signal)
            : chunksOfColumns(counts, placeOfObs, rules, signal),
      },
    ],
    layers: [],
    choices,
    options: resolved,
    warnings: [...warnings, ...obs.warnings, ...vars.warnings],
    close: () => undefined, // files are open only while they are read
  };
}

/** Probes that bind nothing, by the names that makers of instruments give them. */
const controlProbe = /^(blank[-_ ]?\d|neg(ative)?_?(prb|probe|control)|antisense_|systemcontrol|falsecode|unassignedcodeword|deprecatedcodeword|intergenicregion)/i; // prettier-ignore

interface CellPlaces {
  nAxes: number;
  /** [nObs × nAxes], NaN where a cell has no position */
  coordinates: ArrayLike<number>;
  annotations: { name: string; texts: string[] }[];
}

async function placesOfCells(
  plan: TablePlan,
  rows: { columns: { axes: number[] }; coordinates: number[] },
  rawObs: readonly string[],
  task: LongTask,
  warnings: string[],
): Promise<CellPlaces> {
  const { places, counts } = plan;
  if (places === null) return { nAxes: rows.columns.axes.length, coordinates: rows.coordinates, annotations: [] };
  const notes = await readPlaces(places, task);
  const files = { counts: basename(counts.path), places: basename(places.path) };
  const joined = joinPlaces(rawObs, notes, files);
  if (joined.matched === 0) {
    const example = (names: readonly string[]) => names.find((name) => name !== '') ?? '';
    const what = `No cell of ${files.counts} is in ${files.places}: the cells' names begin with "${example(rawObs)}", those in the positions with "${example(notes.names)}"`;
    if (plan.placesChosen)
      throw new LacunaError(
        'bad-file',
        `${what}.`,
        'Check that both tables belong together, that the rows are what they were taken for, and which columns hold the names.',
        { file: places.path },
      );
    warnings.push(`${what}. It was left out.`);
    return { nAxes: 0, coordinates: [], annotations: [] };
  }
  warnings.push(...joined.warnings);
  if (plan.unit.value === 'slide-seq-pixel')
    warnings.push(
      'The positions were taken for pixels of 0.65 µm, as Slide-seq has them; choose another unit if that is wrong.',
    );
  return {
    nAxes: notes.columns.axes.length,
    coordinates: joined.coordinates,
    annotations: notes.columns.annotations.map((c, i) => ({ name: places.labels[c], texts: joined.annotations[i] })),
  };
}

/** Which cells are imported: all, or those that have a position where others have one. */
function placed(
  { nAxes, coordinates }: CellPlaces,
  nObs: number,
  plan: TablePlan,
  warnings: string[],
): { placeOfObs: Int32Array; keptObs: Int32Array } {
  const has = (obs: number) => {
    for (let axis = 0; axis < nAxes; axis++) if (Number.isNaN(coordinates[obs * nAxes + axis])) return false;
    return true;
  };
  const without = Array.from({ length: nObs }, (_, obs) => obs).filter((obs) => !has(obs)).length;
  if (without === nObs)
    throw new LacunaError(
      'bad-file',
      `None of the ${nObs.toLocaleString('en-US')} cells has a position: the columns chosen for x and y hold no numbers.`,
      'Choose other columns for x and y, or none.',
      { file: plan.places?.path ?? plan.counts.path },
    );
  const leaveOut = without > 0 && plan.leaveOutUnplaced;
  if (without > 0) {
    const cells = `${without.toLocaleString('en-US')} ${without === 1 ? 'cell has' : 'cells have'} no position and`;
    warnings.push(
      leaveOut
        ? `${cells} ${without === 1 ? 'was' : 'were'} left out.`
        : `${cells} will not be on maps; methods that use space may refuse them.`,
    );
  }
  const placeOfObs = new Int32Array(nObs).fill(-1);
  let next = 0;
  for (let obs = 0; obs < nObs; obs++) if (!leaveOut || has(obs)) placeOfObs[obs] = next++;
  return {
    placeOfObs,
    keptObs: Int32Array.from({ length: nObs }, (_, obs) => obs).filter((obs) => placeOfObs[obs] >= 0),
  };
}

/** Values that are not zero among what is kept; an estimate where rows were not looked at or both axes are cut. */
function countKept(
  {
    nnzOfRow,
    nnzOfColumn,
    rows,
    values,
  }: { nnzOfRow: number[]; nnzOfColumn: Float64Array; rows: { length: number }; values: { seen: number } },
  [keptRows, keptColumns]: [Int32Array, Int32Array],
  nCells: number,
): { total: number; isComplete: boolean } {
  const looked = nnzOfRow.length;
  const inRows = keptRows.reduce((sum, row) => sum + (nnzOfRow[row] ?? 0), 0);
  const inColumns = keptColumns.reduce((sum, column) => sum + nnzOfColumn[column], 0);
  const share = values.seen === 0 ? 0 : (inRows / values.seen) * (inColumns / values.seen);
  const total = Math.round((share * values.seen * rows.length) / Math.max(1, looked));
  return { total: Math.min(total, nCells), isComplete: looked === rows.length };
}

function noRows({ counts }: TablePlan): LacunaError {
  const file = basename(counts.path);
  const found = counts.roles.filter((role) => role === 'value').length;
  return new LacunaError(
    'bad-file',
    found === 0
      ? `${file} has no column of numbers that could be counts.`
      : `${file} has a heading, but no rows below it.`,
    'Choose the table of counts, how its columns are split, and whether its first line names the columns.',
    { file: counts.path },
  );
}
