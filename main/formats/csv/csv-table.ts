import { basename } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import { fileBytes } from '../file-bytes.ts';
import { stat } from 'node:fs/promises';
import type { BatchedTable, RowBatch } from '../row-batch.ts';
import { splitLine } from './split-line.ts';

/**
 * A table of 10x Genomics as CSV, gzipped or not, read about a MiB at a time. Fields may stand in quotation marks, and a
 * line is a row: what these programs write has no line breaks in fields.
 *
 * @param names the columns, when the file has no heading; a first line that begins with `names[0]` is one all the same
 * @throws LacunaError `bad-file`, `truncated-file`, `not-found`
 */
export async function openCsv(path: string, names?: readonly string[]): Promise<BatchedTable> {
  const first = await firstLine(path);
  if (first === null)
    throw new LacunaError('truncated-file', `${basename(path)} is empty.`, 'Copy it again.', { file: path });
  const fields = splitLine(first);
  const hasHeading = names === undefined || fields[0].toLowerCase() === names[0];
  const columns = hasHeading ? fields : [...names];
  return { path, names: columns, batches: (wanted, signal) => rows(path, columns, hasHeading, wanted, signal) };
}

async function* rows(
  path: string,
  columns: readonly string[],
  hasHeading: boolean,
  wanted: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<RowBatch> {
  const { size } = await stat(path);
  const places = wanted.map((name) => columns.indexOf(name));
  const width = Math.max(...places) + 1;
  let line = hasHeading ? -1 : 0;
  for await (const { lines, fraction } of lineBatches(path, size, signal)) {
    const values = wanted.map((): string[] => []);
    for (const text of lines) {
      line++;
      if (line === 0 || text === '') continue;
      const fields = splitLine(text);
      if (fields.length < width) throw tooShort(path, line + (hasHeading ? 1 : 0), fields.length, columns.length);
      for (let c = 0; c < places.length; c++) values[c].push(fields[places[c]]);
    }
    const nRows = values[0]?.length ?? 0;
    if (nRows > 0) yield { nRows, columns: values, fraction };
    await eventLoopTurn();
  }
}

async function* lineBatches(
  path: string,
  size: number,
  signal?: AbortSignal,
): AsyncGenerator<{ lines: string[]; fraction: number }> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const { bytes, consumed } of fileBytes(path, signal)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n/);
    rest = lines.pop()!;
    yield { lines, fraction: consumed / Math.max(1, size) };
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield { lines: [rest.replace(/\r$/, '')], fraction: 1 };
}

async function firstLine(path: string): Promise<string | null> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  for await (const { lines } of lineBatches(path, size)) if (lines.length > 0) return lines[0];
  return null;
}

function tooShort(path: string, line: number, found: number, expected: number): LacunaError {
  return new LacunaError(
    'bad-file',
    `${basename(path)}, line ${line.toLocaleString('en-US')}: ${found} ${found === 1 ? 'field' : 'fields'} where ${expected} were expected.`,
    'The file was probably cut off or edited: copy it again from the output of the run.',
    { file: path, line },
  );
}
