import { basename } from 'node:path';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { ChunkBuilder } from '../cleaning/chunk-builder.ts';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { TurnedRange, turnEntries, turnRanges } from '../cleaning/turned-range.ts';
import { valueError } from '../cleaning/value-error.ts';
import { ValueSurvey } from '../cleaning/value-survey.ts';
import { CellNotes } from './cell-notes.ts';
import { tablePieces } from './read-table.ts';
import type { ColumnUse, ParserSettings } from './table-parser.ts';
import type { TablePlan } from './table-plan.ts';

/** A table of counts after its first reading. */
export interface SurveyedCounts {
  plan: TablePlan;
  values: ValueSurvey;
  /** Names of the rows, and what else stands in them: of cells or of genes. */
  rows: CellNotes;
  /** [columns], place among the columns of values; -1 for the others. */
  placeOfColumn: Int32Array;
  /** Names of the columns of values; '' where the heading has none. */
  across: string[];
  /** [rows that were looked at], values that are not zero */
  nnzOfRow: number[];
  /** [columns of values], values that are not zero in the rows that were looked at */
  nnzOfColumn: Float64Array;
}

/**
 * Reads the table once: checks every line, collects the names of the rows, and counts what is not zero. Beyond `limit`
 * bytes only names are read.
 * @throws LacunaError `bad-file`, `truncated-file` with line and column
 */
export async function surveyCounts(plan: TablePlan, limit: number, task: LongTask): Promise<SurveyedCounts> {
  const { counts, orientation } = plan;
  const file = basename(counts.path);
  const { roles } = counts;
  const columnsOf = (role: string) => roles.flatMap((one, c) => (one === role ? [c] : []));
  const [x, y, z] = ['x', 'y', 'z'].map((axis) => columnsOf(axis).at(0) ?? -1);
  const rows = new CellNotes(
    file,
    {
      id: columnsOf('id').at(0) ?? -1,
      within: counts.within,
      axes: orientation === 'cells-in-rows' && x >= 0 && y >= 0 ? [x, y, z].filter((c) => c >= 0) : [],
      annotations: columnsOf('annotation'),
    },
    (c) => counts.labels[c],
  );
  const valueColumns = columnsOf('value');
  const placeOfColumn = new Int32Array(roles.length).fill(-1);
  valueColumns.forEach((c, i) => (placeOfColumn[c] = i));
  const values = new ValueSurvey();
  const nnzOfRow: number[] = [];
  const nnzOfColumn = new Float64Array(valueColumns.length);
  const across = valueColumns.map((c) => (counts.sketch.head.hasHeader ? counts.sketch.head.columns[c] : ''));
  let read = 0;
  for await (const _ of tablePieces(
    counts.path,
    settingsOf(plan, rows),
    (row, parser) => {
      rows.add(row);
      if (parser.textOnly) return;
      const bad = values.add(row.values, 0, row.length);
      if (bad >= 0) {
        const [down, along] = [rows.names[rows.length - 1], counts.labels[row.columns[bad]]];
        const [cell, gene] = orientation === 'cells-in-rows' ? [down, along] : [along, down];
        throw valueError(`${file} (line ${row.line})`, cell, gene, row.values[bad], 'real');
      }
      nnzOfRow.push(row.length);
      for (let i = 0; i < row.length; i++) nnzOfColumn[placeOfColumn[row.columns[i]]]++;
      read += row.fields * 2;
      if (read > limit) parser.textOnly = true;
    },
    { ...task, stage: 'Reading the table' },
  ))
    void _;
  return { plan, values, rows, placeOfColumn, across, nnzOfRow, nnzOfColumn };
}

/**
 * Streams a table with cells in rows: read once, holding one chunk.
 * @param placeOfObs [rows], place of each row among the observations, -1 for those left out; ascending
 */
export async function* chunksOfRows(
  { plan, rows, placeOfColumn }: SurveyedCounts,
  placeOfObs: Int32Array,
  rules: CleaningRules,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  const full: CsrChunk[] = [];
  let builder = new ChunkBuilder(0, rules);
  let next = 0;
  const pieces = tablePieces(
    plan.counts.path,
    settingsOf(plan, rows),
    (row) => {
      if (placeOfObs[next++] < 0) return;
      if (builder.isFull(row.length)) {
        full.push(builder.finish());
        builder = new ChunkBuilder(placeOfObs[next - 1], rules);
      }
      for (let i = 0; i < row.length; i++) row.columns[i] = placeOfColumn[row.columns[i]];
      builder.append(row.columns, row.values, 0, row.length);
    },
    { signal },
  );
  for await (const _ of pieces) {
    void _;
    while (full.length > 0) yield full.shift()!;
  }
  if (builder.nObs > 0) yield builder.finish();
}

/**
 * Streams a table with genes in rows by cell: read as often as its entries exceed `budget`, holding that many of them
 * sparse (8 bytes each, 192 MiB by default), never the table.
 * @param placeOfObs [columns of values], place among the observations, -1 for those left out
 */
export async function* chunksOfColumns(
  { plan, rows, placeOfColumn, nnzOfColumn }: SurveyedCounts,
  placeOfObs: Int32Array,
  rules: CleaningRules,
  signal?: AbortSignal,
  budget = turnEntries,
): AsyncGenerator<CsrChunk> {
  const offsets = new Float64Array(placeOfObs.reduce((n, place) => n + (place >= 0 ? 1 : 0), 0) + 1);
  placeOfObs.forEach((place, i) => {
    if (place >= 0) offsets[place + 1] = nnzOfColumn[i];
  });
  for (let i = 1; i < offsets.length; i++) offsets[i] += offsets[i - 1];
  const obsOfColumn = Int32Array.from(placeOfColumn, (place) => (place < 0 ? -1 : placeOfObs[place]));
  for (const [first, last] of turnRanges(offsets, budget)) {
    const range = new TurnedRange(first, last, offsets);
    let gene = 0;
    const pieces = tablePieces(
      plan.counts.path,
      settingsOf(plan, rows),
      (row) => {
        for (let i = 0; i < row.length; i++) range.add(obsOfColumn[row.columns[i]], gene, row.values[i]);
        gene++;
      },
      { signal },
    );
    for await (const _ of pieces) void _;
    for (const chunk of range.chunks(rules)) {
      throwIfCancelled(signal);
      yield chunk;
    }
  }
}

function settingsOf(plan: TablePlan, rows: CellNotes): ParserSettings {
  const { sketch, roles, labels, path } = plan.counts;
  const { head } = sketch;
  const uses = rows.claim(roles.map((role): ColumnUse => (role === 'value' ? 'number' : 'skip')));
  return {
    file: basename(path),
    delimiter: head.delimiter,
    uses,
    otherwise: 'skip',
    width: roles.length,
    preamble: head.skipped + (head.hasHeader ? 1 : 0),
    missing: plan.missing,
    columnName: (c) => labels[c] ?? `column ${c + 1}`,
  };
}
