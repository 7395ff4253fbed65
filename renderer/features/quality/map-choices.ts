import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import type { DatasetInfo, RunInfo } from '../../app/project.svelte.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';
import type { ObsMeasures } from './keep-obs.ts';

/** A picture in which each cell has a place. */
export interface MapChoice {
  id: string;
  label: string;
  yDown: boolean;
  unit: string;
  /** Places, and which cell of the dataset each belongs to. */
  load: (signal: AbortSignal) => Promise<{ positions: Float32Array; obs: Int32Array }>;
}

/** The pictures that there are: the tissue, UMAPs of finished runs, and the measures against each other. */
export async function mapChoices(
  project: string,
  dataset: DatasetInfo,
  runs: RunInfo[],
  measures: ObsMeasures,
): Promise<MapChoice[]> {
  const choices: MapChoice[] = [];
  for (const { name, nDim, unit } of dataset.obsm) {
    if (!/spatial/i.test(name) || nDim < 2) continue;
    choices.push({
      id: `obsm ${name}`,
      label: 'Tissue',
      yDown: true,
      unit: unit === 'µm' ? unit : '',
      load: async (signal) => {
        const { values } = await fetchArray<Float64Array>(bulkRoutes.obsm(project, dataset.id, name), signal);
        return { positions: firstTwo(values, nDim), obs: everyone(dataset.nObs) };
      },
    });
  }
  const embeddings = await core.analysis.embeddings({ project });
  for (const embedding of embeddings.toReversed()) {
    const run = runs.find(({ id, state }) => id === embedding.runId && state === 'done');
    if (run === undefined || embedding.kind !== 'umap') continue;
    choices.push({
      id: `embedding ${embedding.id}`,
      label: `UMAP of ${run.name}${embedding.space === 'latent' ? '' : ` (${embedding.space})`}`,
      yDown: false,
      unit: '',
      load: async (signal) => {
        const [{ values, shape }, { values: obs }] = await Promise.all([
          fetchArray(bulkRoutes.embedding(project, embedding.id), signal),
          fetchArray<Int32Array>(bulkRoutes.runObs(project, run.id), signal),
        ]);
        return { positions: firstTwo(values, shape[1]), obs };
      },
    });
  }
  const against = (id: string, label: string, x: Float64Array, y: Float64Array, logY: boolean): void => {
    choices.push({
      id,
      label,
      yDown: false,
      unit: '',
      load: async () => ({ positions: plane(x, y, logY), obs: everyone(x.length) }),
    });
  };
  against('genes', 'Counts (→) against genes (↑)', measures.counts, measures.genes, true);
  if (measures.mitoPercent)
    against('mito', 'Counts (→) against mitochondrial share (↑)', measures.counts, measures.mitoPercent, false);
  return choices;
}

function everyone(nObs: number): Int32Array {
  return Int32Array.from({ length: nObs }, (_, i) => i);
}

function firstTwo(values: ArrayLike<number>, nDim: number): Float32Array {
  const n = values.length / nDim;
  const out = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    out[2 * i] = values[nDim * i];
    out[2 * i + 1] = values[nDim * i + 1];
  }
  return out;
}

/** Totals in logarithms; both axes stretched to the same length. */
function plane(x: Float64Array, y: Float64Array, logY: boolean): Float32Array {
  const across = stretched(x, true);
  const up = stretched(y, logY);
  const out = new Float32Array(2 * x.length);
  for (let i = 0; i < x.length; i++) {
    out[2 * i] = across[i];
    out[2 * i + 1] = up[i];
  }
  return out;
}

function stretched(values: Float64Array, log: boolean): Float64Array {
  const on = log ? values.map((value) => Math.log1p(value)) : values;
  const low = on.reduce((least, value) => Math.min(least, value), Infinity);
  const high = on.reduce((most, value) => Math.max(most, value), -Infinity);
  return on.map((value) => (high > low ? (value - low) / (high - low) : 0.5));
}
