import { basename } from 'node:path';
import type { LongTask } from '../../dataset/progress.ts';
import { CellNotes } from './cell-notes.ts';
import { readTable } from './read-table.ts';
import type { PlannedTable } from './table-plan.ts';

/** Reads the table of positions and annotations: names, positions and the columns that are kept. @throws LacunaError */
export async function readPlaces(table: PlannedTable, task: LongTask): Promise<CellNotes> {
  const { roles, labels, sketch, path } = table;
  const { head } = sketch;
  const at = (role: string) => roles.findIndex((one) => one === role);
  const axes = at('x') >= 0 && at('y') >= 0 ? ['x', 'y', 'z'].map(at).filter((c) => c >= 0) : [];
  const annotations = roles.flatMap((role, c) => (role === 'annotation' ? [c] : []));
  const file = basename(path);
  const columnName = (c: number) => labels[c] ?? `column ${c + 1}`;
  const notes = new CellNotes(file, { id: at('id'), within: table.within, axes, annotations }, columnName);
  await readTable(
    path,
    {
      file,
      delimiter: head.delimiter,
      uses: notes.claim(roles.map(() => 'skip')),
      otherwise: 'skip',
      width: roles.length,
      preamble: head.skipped + (head.hasHeader ? 1 : 0),
      missing: 'refuse',
      columnName,
    },
    (row) => notes.add(row),
    { ...task, stage: 'Reading the positions' },
  );
  return notes;
}
