import { stat } from 'node:fs/promises';
import type { LongTask } from '../../dataset/progress.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import { fileBytes } from '../file-bytes.ts';
import { throttledReport } from '../throttled-report.ts';
import { TableParser } from './table-parser.ts';
import type { ParserSettings, TableRow } from './table-parser.ts';

/**
 * Reads a table line by line, gzipped or not, holding one piece of the file at a time. `onRow` is told every line; after
 * each piece `between` may do what takes time.
 * @throws LacunaError of `fileBytes` and `TableParser`
 */
export async function readTable(
  path: string,
  settings: ParserSettings,
  onRow: (row: TableRow, parser: TableParser) => void,
  task: LongTask & { stage?: string } = {},
): Promise<void> {
  for await (const _ of tablePieces(path, settings, onRow, task)) void _;
}

/** As `readTable`, pausing after each piece so that what was made of its lines can be handed on. */
export async function* tablePieces(
  path: string,
  settings: ParserSettings,
  onRow: (row: TableRow, parser: TableParser) => void,
  task: LongTask & { stage?: string } = {},
): AsyncGenerator<void> {
  const report = throttledReport(task);
  const { size } = await stat(path);
  const parser: TableParser = new TableParser(settings, (row) => onRow(row, parser));
  for await (const { bytes, consumed } of fileBytes(path, task.signal)) {
    parser.push(bytes);
    if (task.stage) report({ stage: task.stage, fraction: Math.min(1, consumed / Math.max(1, size)) });
    yield;
    await eventLoopTurn();
  }
  parser.end();
  yield;
}
