import { LacunaError } from '../errors/lacuna-error.ts';
import type { DenoisedModel, TrainOutcome } from '../methods/method.ts';

/**
 * One outcome for all observations of a run from that of the training observations and the predictions of the unseen.
 * There is no latent then: an unseen observation has none.
 *
 * @param heldOut [nObs], 1 where the observation was predicted
 * @throws LacunaError `internal` when the method predicted nothing, or in another form than it trained
 */
export function mergePredicted(outcome: TrainOutcome, heldOut: Uint8Array): TrainOutcome {
  const { denoised, predicted } = outcome;
  if (!predicted) throw fault('it gave no predictions for the held-out spots');
  return { ...outcome, latent: null, predicted: null, denoised: merged(denoised, predicted, heldOut) };
}

function merged(trained: DenoisedModel, predicted: DenoisedModel, heldOut: Uint8Array): DenoisedModel {
  const places = placesOf(heldOut);
  if (trained.kind === 'neighbours' && predicted.kind === 'neighbours' && trained.k === predicted.k) {
    const { k } = trained;
    const indices = new Uint32Array(heldOut.length * k);
    // Neighbours are training observations; their numbers change to those of the whole.
    fill(indices, trained.indices, places.trained, k, (i) => places.trained[i]);
    fill(indices, predicted.indices, places.predicted, k, (i) => places.trained[i]);
    return { kind: 'neighbours', k, indices };
  }
  if (trained.kind === 'factored' && predicted.kind === 'factored') {
    const { nDim } = trained.hidden;
    if (predicted.hidden.nDim !== nDim || predicted.link !== trained.link)
      throw fault('its predictions have another form than its output');
    const values = new Float32Array(heldOut.length * nDim);
    fill(values, trained.hidden.values, places.trained, nDim);
    fill(values, predicted.hidden.values, places.predicted, nDim);
    return { ...trained, hidden: { nDim, values } };
  }
  throw fault('its predictions have another form than its output');
}

function placesOf(heldOut: Uint8Array): { trained: number[]; predicted: number[] } {
  const places = { trained: [] as number[], predicted: [] as number[] };
  heldOut.forEach((out, i) => (out ? places.predicted : places.trained).push(i));
  return places;
}

function fill<T extends Float32Array | Uint32Array>(
  into: T,
  from: T,
  places: number[],
  width: number,
  change = (value: number): number => value,
): void {
  if (from.length !== places.length * width)
    throw fault(`${from.length} values came for ${places.length} observations of ${width}`);
  places.forEach((place, row) => {
    for (let d = 0; d < width; d++) into[place * width + d] = change(from[row * width + d]);
  });
}

function fault(what: string): LacunaError {
  return new LacunaError(
    'internal',
    `The result of the method cannot be scored: ${what}.`,
    'This is a fault of the method. Please report it.',
  );
}
