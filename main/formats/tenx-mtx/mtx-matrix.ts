import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { ChunkBuilder } from '../cleaning/chunk-builder.ts';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { TurnedRange, turnEntries, turnRanges } from '../cleaning/turned-range.ts';
import { valueError } from '../cleaning/value-error.ts';
import { ValueSurvey } from '../cleaning/value-survey.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import { throttledReport } from '../throttled-report.ts';
import { mtxBatches } from './mtx-batches.ts';
import type { MtxParser } from './mtx-parser.ts';

/** A matrix file and which of its two numbers is the cell. */
export interface MtxMatrix {
  path: string;
  nObs: number;
  /** 10x writes genes as rows; kallisto and others write cells as rows. */
  cellsAreRows: boolean;
}

/** What the first pass over a matrix file found. */
export interface MtxSurvey {
  values: ValueSurvey;
  /** Entries that are not zero and whose variable is kept; an estimate when not all were looked at. */
  nnz: number;
  /** True when the cells come in order, as 10x writes them. */
  sorted: boolean;
  /** [nObs + 1], where each observation's entries would begin if all were sorted. */
  offsets: Float64Array;
}

/**
 * Reads the file once, up to `limit` entries: checks every line, tells what the values are, and counts.
 * @param keep [nSourceVar], 1 for what is imported; `null` when all is
 * @throws LacunaError `truncated-file`, `bad-file` with the line, or with cell and gene for NaN and infinities
 */
export async function surveyMtx(
  matrix: MtxMatrix,
  limit: number,
  keep: Uint8Array | null,
  names: Pick<CleaningRules, 'obsName' | 'varName'>,
  task: LongTask,
): Promise<MtxSurvey> {
  const values = new ValueSurvey();
  const report = throttledReport(task);
  const offsets = new Float64Array(matrix.nObs + 1);
  let sorted = true;
  let last = 0;
  let kept = 0;
  let entries = 0;
  for await (const { parser, fraction } of mtxBatches(matrix.path, task.signal)) {
    const { obs, vars } = axes(matrix, parser);
    const bad = values.add(parser.values, 0, parser.length);
    if (bad >= 0)
      throw valueError(matrix.path, names.obsName(obs[bad]), names.varName(vars[bad]), parser.values[bad], 'real');
    for (let i = 0; i < parser.length; i++) {
      const cell = obs[i];
      if (cell < last) sorted = false;
      last = cell;
      offsets[cell + 1]++;
      if (keep !== null && keep[vars[i]] === 1 && parser.values[i] !== 0) kept++;
    }
    entries = parser.header?.entries ?? 0;
    report({ stage: 'Reading the matrix', fraction });
    if (parser.total >= limit) break;
    await eventLoopTurn();
  }
  for (let i = 0; i < matrix.nObs; i++) offsets[i + 1] += offsets[i];
  const share = (keep === null ? values.seen - values.zeros : kept) / Math.max(1, values.seen);
  return { values, nnz: Math.round(share * entries), sorted, offsets };
}

/**
 * Streams the matrix by observation. A sorted file is read once, holding one chunk; an unsorted one as often as its
 * entries exceed `budget`, holding that many.
 */
export async function* mtxChunks(
  matrix: MtxMatrix,
  survey: Pick<MtxSurvey, 'sorted' | 'offsets'>,
  rules: CleaningRules,
  signal?: AbortSignal,
  budget: number = turnEntries,
): AsyncGenerator<CsrChunk> {
  if (survey.sorted) {
    yield* sortedChunks(matrix, rules, signal);
    return;
  }
  for (const [first, last] of turnRanges(survey.offsets, budget)) {
    const range = new TurnedRange(first, last, survey.offsets);
    for await (const { parser } of mtxBatches(matrix.path, signal)) {
      const { obs, vars } = axes(matrix, parser);
      for (let i = 0; i < parser.length; i++) range.add(obs[i], vars[i], parser.values[i]);
      await eventLoopTurn();
    }
    for (const chunk of range.chunks(rules)) {
      throwIfCancelled(signal);
      yield chunk;
    }
  }
}

async function* sortedChunks(matrix: MtxMatrix, rules: CleaningRules, signal?: AbortSignal): AsyncGenerator<CsrChunk> {
  let builder = new ChunkBuilder(0, rules);
  // Entries of the observation that is being read; it may span several batches.
  let indices = new Uint32Array(16_384);
  let values = new Float64Array(16_384);
  let pending = 0;
  let current = 0;
  const full: CsrChunk[] = [];
  const finishUpTo = (cell: number) => {
    for (; current < cell; current++) {
      if (builder.isFull(pending)) {
        full.push(builder.finish());
        builder = new ChunkBuilder(current, rules);
      }
      builder.append(indices, values, 0, pending);
      pending = 0;
    }
  };
  for await (const { parser } of mtxBatches(matrix.path, signal)) {
    const { obs, vars } = axes(matrix, parser);
    for (let i = 0; i < parser.length; i++) {
      if (obs[i] !== current) finishUpTo(obs[i]);
      if (pending === indices.length) {
        const [moreIndices, moreValues] = [new Uint32Array(pending * 2), new Float64Array(pending * 2)];
        moreIndices.set(indices);
        moreValues.set(values);
        [indices, values] = [moreIndices, moreValues];
      }
      indices[pending] = vars[i];
      values[pending] = parser.values[i];
      pending++;
    }
    while (full.length > 0) yield full.shift()!;
    await eventLoopTurn();
  }
  finishUpTo(matrix.nObs);
  yield* full;
  if (builder.nObs > 0) yield builder.finish();
}

function axes(matrix: MtxMatrix, parser: MtxParser): { obs: Uint32Array; vars: Uint32Array } {
  return matrix.cellsAreRows ? { obs: parser.rows, vars: parser.columns } : { obs: parser.columns, vars: parser.rows };
}
