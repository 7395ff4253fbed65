import { setImmediate } from 'node:timers/promises';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { LongTask } from '../dataset/progress.ts';
import { throwIfCancelled } from '../errors/lacuna-error.ts';
import { meanVariance, type MeanVariance } from '../preprocess/quality/mean-variance.ts';
import { measureObs, measureVar, type StreamedMatrix } from '../preprocess/quality/measure-quality.ts';
import { findMitochondrial } from '../preprocess/quality/mitochondrial.ts';
import type { ObsQuality } from '../preprocess/quality/obs-quality.ts';
import { qualityReport, type QualityReport } from '../preprocess/quality/quality-report.ts';
import type { VarQuality } from '../preprocess/quality/var-quality.ts';
import type { Project } from '../projects/project.types.ts';

interface Measures {
  report?: Promise<QualityReport>;
  obs?: Promise<ObsQuality>;
  meanVariance?: Promise<MeanVariance>;
  /** Of the last cells that were asked for, by their flags. */
  var?: { keptObs: Uint8Array; measured: Promise<VarQuality> };
}

/** Stored counts never change, so what was measured once holds for as long as the project is open. */
const kept = new WeakMap<Project, Map<number, Measures>>();

/** Quality of a stored dataset with suggested thresholds; streamed, so memory stays small. */
export function datasetQuality(project: Project, datasetId: number): Promise<QualityReport> {
  const measures = measuresOf(project, datasetId);
  // No cancel: somebody else may wait for the same by now.
  measures.report ??= report(project, datasetId).catch((thrown: unknown) => {
    measures.report = undefined;
    throw thrown;
  });
  return measures.report;
}

async function report(project: Project, datasetId: number): Promise<QualityReport> {
  const cells = await obsMeasures(project, datasetId);
  return qualityReport(storedMatrix(project, datasetId), project.datasets.var(datasetId), {}, cells);
}

/** Measures of every cell of a stored dataset: streamed the first time, from memory afterwards. */
export function obsMeasures(project: Project, datasetId: number): Promise<ObsQuality> {
  const measures = measuresOf(project, datasetId);
  measures.obs ??= measureObs(
    storedMatrix(project, datasetId),
    findMitochondrial(project.datasets.var(datasetId)).mask,
  ).catch((thrown: unknown) => {
    measures.obs = undefined;
    throw thrown;
  });
  return measures.obs;
}

/** Mean and variance of every gene over all cells: streamed the first time, from memory afterwards. */
export function genesMeanVariance(project: Project, datasetId: number): Promise<MeanVariance> {
  const measures = measuresOf(project, datasetId);
  measures.meanVariance ??= meanVariance(storedMatrix(project, datasetId)).catch((thrown: unknown) => {
    measures.meanVariance = undefined;
    throw thrown;
  });
  return measures.meanVariance;
}

/** Measures of every gene on the cells whose flag is set; a filter that keeps the same cells again costs nothing. */
export async function varMeasures(
  project: Project,
  datasetId: number,
  keptObs: Uint8Array,
  task: LongTask = {},
): Promise<VarQuality> {
  const measures = measuresOf(project, datasetId);
  const last = measures.var;
  if (last !== undefined && Buffer.compare(last.keptObs, keptObs) === 0) return last.measured;
  const measured = measureVar(storedMatrix(project, datasetId), keptObs, task);
  const entry = { keptObs, measured };
  // While a limit is dragged, requests overtake each other: only what was finished is worth keeping.
  measured.then(() => (measures.var = entry)).catch(() => undefined);
  return measured;
}

function measuresOf(project: Project, datasetId: number): Measures {
  const byDataset = kept.get(project) ?? new Map<number, Measures>();
  kept.set(project, byDataset);
  const measures = byDataset.get(datasetId) ?? {};
  byDataset.set(datasetId, measures);
  return measures;
}

/** Observations read at a time: about a million entries, short enough that the window keeps answering on a busy machine. */
const BLOCK = 500;

/** A stored matrix as a stream that lets other requests through between blocks. */
function storedMatrix(project: Project, datasetId: number): StreamedMatrix {
  const { nObs, nVar } = project.datasets.get(datasetId);
  return {
    nObs,
    nVar,
    async *chunks(signal?: AbortSignal): AsyncGenerator<CsrChunk> {
      for (let start = 0; start < nObs; start += BLOCK) {
        throwIfCancelled(signal);
        yield { start, ...project.datasets.rows(datasetId, start, Math.min(start + BLOCK, nObs)) };
        await setImmediate();
      }
    },
  };
}
