import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { ChunkBuilder } from '../cleaning/chunk-builder.ts';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { TurnedRange, turnEntries, turnRanges } from '../cleaning/turned-range.ts';
import { valueError } from '../cleaning/value-error.ts';
import { ValueSurvey } from '../cleaning/value-survey.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import { throttledReport } from '../throttled-report.ts';
import type { Hdf5File } from './hdf5-file.ts';
import { NumberWindow } from './number-window.ts';

/** A compressed sparse matrix inside an HDF5 file: three datasets in one group. */
export interface CompressedSparse {
  file: Hdf5File;
  /** Group that holds `data`, `indices` and `indptr`. */
  place: string;
  /** [nMajor + 1] */
  indptr: Float64Array;
  nnz: number;
}

/**
 * Reads and checks the offsets.
 * @param nMajor observations (CSR) or variables (CSC)
 * @throws LacunaError `bad-file` when they do not fit the matrix or its entries
 */
export function openCompressedSparse(file: Hdf5File, place: string, nMajor: number): CompressedSparse {
  const nData = file.info(`${place}/data`, 'the values of the matrix').shape[0] ?? 0;
  const nIndices = file.info(`${place}/indices`, 'the indices of the matrix').shape[0] ?? 0;
  const indptr = file.readNumbers(`${place}/indptr`, 'the offsets of the matrix');
  const complain = (what: string) =>
    new LacunaError(
      'bad-file',
      `${file.path} contradicts itself at ${place}: ${what}.`,
      'The file is damaged or was not written completely: write it or copy it again.',
      {
        file: file.path,
        place,
      },
    );
  if (nData !== nIndices)
    throw complain(`${nData.toLocaleString('en-US')} values for ${nIndices.toLocaleString('en-US')} indices`);
  if (indptr.length !== nMajor + 1) {
    throw complain(
      `${indptr.length.toLocaleString('en-US')} offsets where ${(nMajor + 1).toLocaleString('en-US')} were expected`,
    );
  }
  if (indptr[0] !== 0 || indptr[nMajor] !== nData)
    throw complain(`the offsets end at ${indptr[nMajor]} of ${nData} values`);
  for (let i = 0; i < nMajor; i++) {
    if (!(indptr[i] <= indptr[i + 1])) throw complain(`offset ${i + 1} is smaller than the one before`);
  }
  return { file, place, indptr, nnz: nData };
}

/** What a survey of a sparse matrix found. */
export interface SparseSurvey {
  values: ValueSurvey;
  /** Entries that are not zero and belong to variables that are kept; an estimate when not all were looked at. */
  nnz: number;
}

/**
 * Looks at all entries up to `limit`, beyond that at 64 stretches spread evenly.
 * @param keep [nMinor], 1 for the indices that are imported; `null` when all are
 * @param nameOf names of the major and minor index, for the error about a NaN
 * @throws LacunaError `bad-file` for NaN and infinities, with their place
 */
export async function surveySparse(
  matrix: CompressedSparse,
  limit: number,
  keep: Uint8Array | null,
  nameOf: (major: number, minor: number) => { obs: string; var: string },
  task: LongTask,
): Promise<SparseSurvey> {
  const survey = new ValueSurvey();
  const report = throttledReport(task);
  const data = new NumberWindow(matrix.file, `${matrix.place}/data`, 'the values of the matrix');
  const indices = keep ? new NumberWindow(matrix.file, `${matrix.place}/indices`, 'the indices of the matrix') : null;
  let nonzero = 0;
  for (const [start, stop] of stretches(matrix.nnz, limit)) {
    throwIfCancelled(task.signal);
    const { values, base } = data.read(start, stop);
    const bad = survey.add(values, start - base, stop - base);
    if (bad >= 0) {
      const entry = bad + base;
      const [minor] = matrix.file.readNumbers(`${matrix.place}/indices`, 'the indices', [[entry, entry + 1]]);
      const names = nameOf(majorOf(matrix.indptr, entry), minor);
      throw valueError(matrix.file.path, names.obs, names.var, values[bad], 'real');
    }
    if (keep && indices) {
      const minors = indices.read(start, stop);
      for (let i = start; i < stop; i++)
        if (keep[minors.values[i - minors.base]] === 1 && values[i - base] !== 0) nonzero++;
    }
    report({ stage: 'Looking at the values', fraction: stop / Math.max(1, matrix.nnz) });
    await eventLoopTurn();
  }
  const share = (keep ? nonzero : survey.seen - survey.zeros) / Math.max(1, survey.seen);
  return { values: survey, nnz: Math.round(share * matrix.nnz) };
}

function* stretches(nnz: number, limit: number): Generator<[number, number]> {
  if (nnz <= limit) {
    for (let start = 0; start < nnz; start += 524_288) yield [start, Math.min(nnz, start + 524_288)];
    return;
  }
  const length = Math.floor(limit / 64);
  for (let i = 0; i < 64; i++) {
    const start = Math.floor((i * (nnz - length)) / 63);
    yield [start, start + length];
  }
}

/** The observation or variable to which an entry belongs: binary search among the offsets. */
export function majorOf(indptr: Float64Array, entry: number): number {
  let low = 0;
  let high = indptr.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (indptr[middle] <= entry) low = middle;
    else high = middle;
  }
  return low;
}

/** Streams a matrix that is compressed by observation. Holds two windows of a few MiB and one chunk. */
export async function* csrChunks(
  matrix: CompressedSparse,
  rules: CleaningRules,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  const { file, place, indptr } = matrix;
  const nObs = indptr.length - 1;
  const data = new NumberWindow(file, `${place}/data`, 'the values of the matrix');
  const indices = new NumberWindow(file, `${place}/indices`, 'the indices of the matrix');
  let builder = new ChunkBuilder(0, rules);
  for (let obs = 0; obs < nObs; obs++) {
    const [start, stop] = [indptr[obs], indptr[obs + 1]];
    if (builder.isFull(stop - start)) {
      yield builder.finish();
      await eventLoopTurn();
      throwIfCancelled(signal);
      builder = new ChunkBuilder(obs, rules);
    }
    const v = data.read(start, stop);
    const i = indices.read(start, stop);
    if (i.base !== v.base)
      builder.append(i.values.subarray(start - i.base), v.values.subarray(start - v.base), 0, stop - start);
    else builder.append(i.values, v.values, start - i.base, stop - i.base);
  }
  if (builder.nObs > 0) yield builder.finish();
}

/**
 * Streams a matrix that is compressed by variable, observation by observation. A first pass counts the entries of each
 * observation; then as many observations as `budget` allows are collected in each further pass over the file.
 *
 * @param rules `nSourceVar` is the number of offsets less one; indices in the file are observations
 */
export async function* cscChunks(
  matrix: CompressedSparse,
  nObs: number,
  rules: CleaningRules,
  signal?: AbortSignal,
  budget: number = turnEntries,
): AsyncGenerator<CsrChunk> {
  const offsets = await countByMinor(matrix, nObs, signal);
  for (const [first, last] of turnRanges(offsets, budget)) {
    const range = await collect(matrix, new TurnedRange(first, last, offsets), signal);
    for (const chunk of range.chunks(rules)) {
      throwIfCancelled(signal);
      yield chunk;
    }
  }
}

/** [nMinor + 1], where the entries of each minor index would begin after turning the matrix round. */
async function countByMinor(matrix: CompressedSparse, nMinor: number, signal?: AbortSignal): Promise<Float64Array> {
  const offsets = new Float64Array(nMinor + 1);
  const window = new NumberWindow(matrix.file, `${matrix.place}/indices`, 'the indices of the matrix');
  for (const [start, stop] of stretches(matrix.nnz, Infinity)) {
    throwIfCancelled(signal);
    const { values, base } = window.read(start, stop);
    for (let i = start - base; i < stop - base; i++) {
      const minor = values[i];
      if (!(minor >= 0 && minor < nMinor)) {
        throw new LacunaError(
          'bad-file',
          `${matrix.file.path} names cell number ${minor + 1} at ${matrix.place}/indices, but has only ${nMinor.toLocaleString('en-US')} cells.`,
          'The file is damaged or was put together wrongly: write it or copy it again.',
          { file: matrix.file.path, place: matrix.place },
        );
      }
      offsets[minor + 1]++;
    }
    await eventLoopTurn();
  }
  for (let i = 0; i < nMinor; i++) offsets[i + 1] += offsets[i];
  return offsets;
}

async function collect(matrix: CompressedSparse, range: TurnedRange, signal?: AbortSignal): Promise<TurnedRange> {
  const minors = new NumberWindow(matrix.file, `${matrix.place}/indices`, 'the indices of the matrix');
  const data = new NumberWindow(matrix.file, `${matrix.place}/data`, 'the values of the matrix');
  for (const [start, stop] of stretches(matrix.nnz, Infinity)) {
    throwIfCancelled(signal);
    const m = minors.read(start, stop);
    const v = data.read(start, stop);
    let major = majorOf(matrix.indptr, start);
    for (let i = start; i < stop; i++) {
      while (i >= matrix.indptr[major + 1]) major++;
      range.add(m.values[i - m.base], major, v.values[i - v.base]);
    }
    await eventLoopTurn();
  }
  return range;
}
