import { LacunaError } from '../../errors/lacuna-error.ts';
import type { DatasetFacts, Support, TrainContext } from '../method.ts';
import { nearestByGrid } from '../neighbours/nearest-by-grid.ts';
import { spatialName } from '../neighbours/spatial-coordinates.ts';
import { breathe } from '../training/event-loop.ts';
import { fitPositionScale, scalePositions, type PositionScale } from './position-scale.ts';

/** Where the observations of a run lie, as networks of position see them. */
export interface TissuePositions {
  /** Name of the obsm array. */
  name: string;
  nDim: number;
  scale: PositionScale;
  /** [nObs, nDim], about −1…1 */
  training: Float32Array;
  /** [unseen.nObs, nDim]; null when nothing is to be predicted. */
  unseen: Float32Array | null;
  /** Median distance between a training observation and its nearest other, in scaled units. */
  spacing: number;
}

/** `supports` of every method that needs positions. */
export function supportsPositions({ obsm, nObs }: DatasetFacts): Support {
  if (!spatialName(obsm))
    return {
      ok: false,
      reason:
        'It learns expression as a function of the place in the tissue, and this dataset has no positions (a two- or three-dimensional obsm array named spatial).',
    };
  return nObs < 20 ? { ok: false, reason: 'It needs at least 20 spots to learn from.' } : { ok: true };
}

/**
 * Positions of the training and the unseen observations, on one scale.
 *
 * @throws LacunaError `unsupported` when there are none, or some are missing
 */
export async function tissuePositions(
  context: Pick<TrainContext<unknown>, 'data' | 'unseen' | 'signal'>,
  aspect: 'per-axis' | 'keep',
): Promise<TissuePositions> {
  const { data, unseen } = context;
  const name = spatialName([...data.obsm].map(([key, { nDim }]) => ({ name: key, nDim })));
  if (name === null)
    throw new LacunaError(
      'unsupported',
      'These data have no positions in tissue, so nothing can be learned of place.',
      'Choose a dataset with positions, or a method that does without them.',
    );
  const own = data.obsm.get(name)!;
  const others = unseen?.obsm.get(name) ?? null;
  for (const [what, values] of [
    ['spots', own.values],
    ['spots to predict', others?.values ?? []],
  ] as const) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    throw new LacunaError(
      'unsupported',
      `Some ${what} have no position: the first is number ${Math.floor(at / own.nDim) + 1} in obsm '${name}'.`,
      'Leave these spots out when you import the data.',
    );
  }
  const scale = fitPositionScale(others ? [own, others] : [own], aspect);
  const training = scalePositions(scale, own.values);
  return {
    name,
    nDim: own.nDim,
    scale,
    training,
    unseen: others ? scalePositions(scale, others.values) : null,
    spacing: await medianSpacing(training, own.nDim, context.signal),
  };
}

async function medianSpacing(scaled: Float32Array, nDim: number, signal?: AbortSignal): Promise<number> {
  const n = scaled.length / nDim;
  const nearest = await nearestByGrid({ nDim, values: Float64Array.from(scaled) }, 1, breathe, signal);
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let d = 0; d < nDim; d++) squared += (scaled[i * nDim + d] - scaled[nearest[i] * nDim + d]) ** 2;
    distances[i] = Math.sqrt(squared);
  }
  distances.sort();
  return distances[n >> 1] || 2 / Math.sqrt(n);
}
