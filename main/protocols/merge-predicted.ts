import { LacunaError } from '../errors/lacuna-error.ts';
import type { DenoisedModel, DenseOutput, TrainOutcome } from '../methods/method.ts';

/**
 * One outcome for all observations of a run from that of the training observations and the predictions of the unseen.
 * There is a latent only where the method could encode the unseen, too.
 *
 * @param heldOut [nObs], 1 where the observation was predicted
 * @throws LacunaError `internal` when the method predicted nothing, or in another form than it trained
 */
export function mergePredicted(outcome: TrainOutcome, heldOut: Uint8Array): TrainOutcome {
  const { denoised, predicted } = outcome;
  if (!predicted) throw fault('it gave no predictions for the held-out spots');
  const places = placesOf(heldOut);
  const { latent, predictedLatent, extras, predictedExtras = {} } = outcome;
  const together: TrainOutcome['extras'] = {};
  for (const [name, output] of Object.entries(extras))
    together[name] = predictedExtras[name] ? mergedRows(output, predictedExtras[name], places) : output;
  return {
    ...outcome,
    latent: latent && predictedLatent ? mergedRows(latent, predictedLatent, places) : null,
    extras: together,
    denoised: merged(denoised, predicted, places, heldOut.length),
    predicted: null,
    predictedLatent: null,
    predictedExtras: {},
  };
}

function merged(trained: DenoisedModel, predicted: DenoisedModel, places: Places, nObs: number): DenoisedModel {
  if (trained.kind === 'neighbours' && predicted.kind === 'neighbours' && trained.k === predicted.k) {
    const { k } = trained;
    const indices = new Uint32Array(nObs * k);
    // Neighbours are training observations; their numbers change to those of the whole.
    fill(indices, trained.indices, places.trained, k, (i) => places.trained[i]);
    fill(indices, predicted.indices, places.predicted, k, (i) => places.trained[i]);
    return { kind: 'neighbours', k, indices };
  }
  if (trained.kind === 'factored' && predicted.kind === 'factored') {
    if (predicted.link !== trained.link) throw fault('its predictions have another form than its output');
    return { ...trained, hidden: mergedRows(trained.hidden, predicted.hidden, places) };
  }
  throw fault('its predictions have another form than its output');
}

function mergedRows(trained: DenseOutput, predicted: DenseOutput, places: Places): DenseOutput {
  const { nDim } = trained;
  if (predicted.nDim !== nDim) throw fault('its predictions have another form than its output');
  const values = new Float32Array((places.trained.length + places.predicted.length) * nDim);
  fill(values, trained.values, places.trained, nDim);
  fill(values, predicted.values, places.predicted, nDim);
  return { nDim, values };
}

/** Where the observations of either kind stand among all. */
interface Places {
  trained: number[];
  predicted: number[];
}

function placesOf(heldOut: Uint8Array): Places {
  const places: Places = { trained: [], predicted: [] };
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
