import type { LongTask } from '../dataset/progress.ts';
import { LacunaError, throwIfCancelled } from '../errors/lacuna-error.ts';
import { embeddingParameters, type EmbeddingKind } from './embedding-parameters.ts';
import { principalComponents } from './principal-components.ts';
import { checkPoints, type Points } from './points.ts';
import { tsne } from './tsne/tsne.ts';
import { umap } from './umap/umap.ts';

export interface EmbeddingResult {
  nDim: 2 | 3;
  /** [nObs, nDim], row-major */
  values: Float32Array;
  /** Complete parameters as asked for, in one order: with `kind`, `nDim` and the space, the key of a cache. */
  parameters: Record<string, unknown>;
  /** What was changed for this data, in plain words: a perplexity that was reduced … */
  notes: string[];
  /** Figures of the picture: `klDivergence` of t-SNE, `explained1` … of PCA. */
  summary: Record<string, number>;
  wallSeconds: number;
}

/** Fewer observations than this have no neighbourhoods to speak of: they are shown by their principal components. */
const LEAST_OBS = 5;

/** From here on UMAP takes 200 epochs instead of 500, as umap-learn does. */
const MANY_OBS = 10_000;

/**
 * A picture of a space in two or three dimensions. Deterministic for its parameters and data. Settings that the
 * data is too small for are reduced, and `notes` says so.
 * @param parameters `nDim` (2 unless given) and those of `EMBEDDING_PARAMETERS[kind]`; what is not given takes its default
 * @throws LacunaError `bad-option` (an unknown or impossible parameter, a space with NaN), `cancelled`
 */
export async function computeEmbedding(
  kind: EmbeddingKind,
  points: Points,
  parameters: { nDim?: 2 | 3 } & Record<string, unknown> = {},
  task: LongTask = {},
): Promise<EmbeddingResult> {
  const startedAt = performance.now();
  const { nDim = 2, ...others } = parameters;
  if (nDim !== 2 && nDim !== 3) {
    throw new LacunaError('bad-option', `A picture has 2 or 3 dimensions, not ${String(nDim)}.`, 'Choose 2 or 3.');
  }
  const complete = embeddingParameters(kind, others);
  checkPoints(points);
  throwIfCancelled(task.signal);
  const notes: string[] = [];
  const { values, summary } = await embed(kind, points, nDim, complete, notes, task);
  return { nDim, values, parameters: complete, notes, summary, wallSeconds: (performance.now() - startedAt) / 1000 };
}

async function embed(
  kind: EmbeddingKind,
  points: Points,
  nDim: 2 | 3,
  parameters: Record<string, unknown>,
  notes: string[],
  task: LongTask,
): Promise<{ values: Float32Array; summary: Record<string, number> }> {
  const { nObs } = points;
  if (kind === 'pca') return components(points, nDim);
  if (nObs < LEAST_OBS) {
    notes.push(
      `${nObs} observations are too few for ${kind === 'umap' ? 'UMAP' : 't-SNE'}: their principal components are shown.`,
    );
    return components(points, nDim, true);
  }
  if (kind === 'umap') {
    const { neighbours, minDist, epochs, seed } = embeddingParameters('umap', parameters);
    const used = Math.min(neighbours, nObs);
    if (used < neighbours)
      notes.push(`Neighbours were reduced from ${neighbours} to ${used}: there are only ${nObs} observations.`);
    const rounds = epochs === 0 ? (nObs <= MANY_OBS ? 500 : 200) : epochs;
    return { values: await umap(points, { nDim, neighbours: used, minDist, epochs: rounds, seed }, task), summary: {} };
  }
  const { perplexity, iterations, seed } = embeddingParameters('tsne', parameters);
  const used = Math.min(perplexity, (nObs - 1) / 3);
  if (used < perplexity) {
    notes.push(
      `Perplexity was reduced from ${perplexity} to ${Number(used.toFixed(1))}: there are only ${nObs} observations.`,
    );
  }
  const { values, klDivergence } = await tsne(points, { nDim, perplexity: used, iterations, seed }, task);
  return { values, summary: { klDivergence } };
}

/** @param pad fills dimensions that the space does not have with 0 instead of refusing */
function components(
  points: Points,
  nDim: 2 | 3,
  pad = false,
): { values: Float32Array; summary: Record<string, number> } {
  const nComponents = pad ? Math.min(nDim, points.nDim) : nDim;
  const { scores, explained } = principalComponents(points, nComponents);
  const values = new Float32Array(points.nObs * nDim);
  for (let i = 0; i < points.nObs; i++) {
    for (let c = 0; c < nComponents; c++) values[i * nDim + c] = scores[i * nComponents + c];
  }
  return { values, summary: Object.fromEntries(Array.from(explained, (share, c) => [`explained${c + 1}`, share])) };
}
