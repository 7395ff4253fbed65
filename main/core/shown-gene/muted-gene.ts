import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Project } from '../../projects/project.types.ts';
import { entryOf, runCounts } from './run-counts.ts';

/**
 * Where one gene was muted: [nObs of the run], 1 where a value above 0 was hidden from the method. Read from the mask
 * that the run stores.
 *
 * @param position of the gene in the run
 */
export async function mutedIn(project: Project, runId: number, position: number): Promise<Uint8Array> {
  const bits = project.runs.heldOut(runId)?.entries;
  if (!bits) throw new LacunaError('not-found', `Run ${runId} stores no mask of muted entries.`, 'Run it again.');
  const muted = new Uint8Array(project.runs.axes(runId).obsIndex.length);
  let before = 0;
  for await (const { first, counts } of runCounts(project, runId)) {
    for (let i = 0; i < counts.nObs; i++) {
      const at = entryOf(counts, i, position);
      if (at !== -1 && bits[(before + at) >> 3] & (1 << ((before + at) & 7))) muted[first + i] = 1;
    }
    before += counts.indices.length;
  }
  return muted;
}
