import type { z } from 'zod';
import type { importPreviewSchema } from '../contract/entities/import-preview.ts';
import type { Column } from '../dataset/column.ts';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { DatasetSource, ObsmArray } from '../dataset/dataset-source.ts';
import type { LongTask } from '../dataset/progress.ts';
import { openPath, type ReadRequest } from '../formats/registry.ts';

export type ImportPreview = z.infer<typeof importPreviewSchema>;

const most = { obs: 20, vars: 12, columns: 12, points: 5000 };

/**
 * The first observations of a file: their annotations, the variables with the most counts in them, and where all of
 * them lie. Of the matrix only the first chunk is read.
 *
 * @throws LacunaError as `openPath`
 */
export async function previewImport(path: string, request: ReadRequest, task: LongTask = {}): Promise<ImportPreview> {
  const source = await openPath(path, request, task);
  try {
    return { ...(await firstValues(source, task)), ...annotations(source), coordinates: coordinates(source) };
  } finally {
    source.close();
  }
}

async function firstValues(
  source: DatasetSource,
  task: LongTask,
): Promise<Pick<ImportPreview, 'nObs' | 'nVar' | 'varNames' | 'values'>> {
  const { nObs, nVar } = source;
  for await (const chunk of source.matrices[0].chunks(task.signal)) {
    const vars = richestVars(chunk);
    return { nObs, nVar, varNames: vars.map((v) => source.var.names[v]), values: denseCorner(chunk, vars) };
  }
  return { nObs, nVar, varNames: [], values: [] };
}

/** The variables with the largest sums over the first observations, in the order of the file. */
function richestVars(chunk: CsrChunk): number[] {
  const sums = new Map<number, number>();
  for (let i = 0; i < chunk.indptr[Math.min(most.obs, chunk.nObs)]; i++) {
    sums.set(chunk.indices[i], (sums.get(chunk.indices[i]) ?? 0) + chunk.values[i]);
  }
  const richest = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most.vars);
  return richest.map(([v]) => v).sort((a, b) => a - b);
}

/** [first observations][vars] */
function denseCorner(chunk: CsrChunk, vars: number[]): number[][] {
  return Array.from({ length: Math.min(most.obs, chunk.nObs) }, (_, obs) => {
    const row = new Array<number>(vars.length).fill(0);
    for (let i = chunk.indptr[obs]; i < chunk.indptr[obs + 1]; i++) {
      const at = vars.indexOf(chunk.indices[i]);
      if (at >= 0) row[at] = chunk.values[i];
    }
    return row;
  });
}

function annotations(source: DatasetSource): Pick<ImportPreview, 'obsNames' | 'columns'> {
  const n = Math.min(most.obs, source.nObs);
  return {
    obsNames: source.obs.names.slice(0, n),
    columns: source.obs.columns.slice(0, most.columns).map((column) => ({
      name: column.name,
      kind: column.kind,
      values: Array.from({ length: n }, (_, i) => asText(column, i)),
    })),
  };
}

function asText(column: Column, i: number): string {
  if (column.kind === 'categorical') return column.codes[i] < 0 ? '' : column.categories[column.codes[i]];
  if (column.kind === 'string') return column.values[i];
  return Number.isNaN(column.values[i]) ? '' : String(Number(column.values[i].toPrecision(6)));
}

/** Names under which coordinates in the tissue or the best known pictures are stored, by preference. */
const preferred = [/^spatial$/i, /spatial/i, /^X_umap$/i, /^X_tsne$/i];

function coordinates(source: DatasetSource): ImportPreview['coordinates'] {
  const planar = source.obsm.filter((array) => array.nDim >= 2);
  const chosen: ObsmArray | undefined =
    preferred.map((name) => planar.find((array) => name.test(array.name))).find((array) => array !== undefined) ??
    planar.find((array) => array.nDim === 2);
  if (chosen === undefined) return null;
  const step = Math.max(1, Math.ceil(source.nObs / most.points));
  const x: number[] = [];
  const y: number[] = [];
  for (let obs = 0; obs < source.nObs; obs += step) {
    const [px, py] = [chosen.values[obs * chosen.nDim], chosen.values[obs * chosen.nDim + 1]];
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
    x.push(px);
    y.push(py);
  }
  return { name: chosen.name, total: source.nObs, x, y };
}
