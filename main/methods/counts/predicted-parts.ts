import type { TrainOutcome } from '../method.ts';

/** The outcome for unseen observations as the part of the whole that they are. */
export function predictedParts({
  latent,
  denoised,
  extras,
}: Pick<TrainOutcome, 'latent' | 'denoised' | 'extras'>): Pick<
  TrainOutcome,
  'predicted' | 'predictedLatent' | 'predictedExtras'
> {
  const perObs = ['usedSize', 'countedSize', 'librarySize', 'cellDropout', 'correctedScale'];
  return {
    predicted: denoised,
    predictedLatent: latent,
    predictedExtras: Object.fromEntries(Object.entries(extras).filter(([name]) => perObs.includes(name))),
  };
}
