import type { Project } from '../../projects/project.types.ts';
import { thinCounts } from '../../protocols/corrupt-counts.ts';
import { entryOf, runCounts } from './run-counts.ts';

/** One gene before and after thinning, and the library sizes that it is scaled by: each [nObs of the run]. */
export interface ThinnedGene {
  truth: { counts: Float32Array; librarySize: Float64Array };
  thinned: { counts: Float32Array; librarySize: Float64Array };
}

/**
 * Thins a run's counts anew from the seed of its protocol.
 *
 * @param position of the gene in the run
 */
export async function thinnedGene(
  project: Project,
  runId: number,
  position: number,
  protocol: { keptShare: number; seed: number },
): Promise<ThinnedGene> {
  const nObs = project.runs.axes(runId).obsIndex.length;
  const blank = () => ({ counts: new Float32Array(nObs), librarySize: new Float64Array(nObs) });
  const out = { truth: blank(), thinned: blank() };
  for await (const { first, obsIndex, counts } of runCounts(project, runId)) {
    const versions = { truth: counts, thinned: thinCounts(counts, obsIndex, protocol) };
    for (const version of ['truth', 'thinned'] as const) {
      const matrix = versions[version];
      for (let i = 0; i < matrix.nObs; i++) {
        const at = entryOf(matrix, i, position);
        if (at !== -1) out[version].counts[first + i] = matrix.values[at];
        let size = 0;
        for (let k = matrix.indptr[i]; k < matrix.indptr[i + 1]; k++) size += matrix.values[k];
        out[version].librarySize[first + i] = size;
      }
    }
  }
  return out;
}
