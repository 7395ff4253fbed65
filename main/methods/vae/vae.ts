import { z } from 'zod';
import { Random } from '../../engine/random/random.ts';
import { decodeHidden } from '../autoencoder/network.ts';
import { constraintFields, decoderLayersField, networkFields, posteriorFields } from '../autoencoder/parameters.ts';
import { REPORT } from '../autoencoder/report.ts';
import { familyCost, trainFamily, trunkShape } from '../autoencoder/train-family.ts';
import type { Method, TrainContext, TrainOutcome } from '../method.ts';
import { vaeLoss } from './loss.ts';
import { encodePosterior, vaeParameters, type PosteriorShape } from './network.ts';
import { vaePresets } from './presets.ts';

export const vaeParametersSchema = z.object({
  ...networkFields,
  ...decoderLayersField,
  ...constraintFields,
  ...posteriorFields,
});
export type VaeParameters = z.infer<typeof vaeParametersSchema>;

/** β-VAE: the variational autoencoder of the report, section 2.4.2; β = 1 is the VAE. The latent is the mean μ. */
export const vae: Method<VaeParameters> = {
  id: 'vae',
  title: 'Variational autoencoder (β-VAE)',
  family: 'Autoencoders',
  question: 'structure',
  description:
    'An autoencoder whose latent space is a cloud of probability: each cell gets a position and an uncertainty, and the space between cells stays meaningful. Choose it for smooth transitions, such as differentiation.',
  paper: REPORT,
  parameters: vaeParametersSchema,
  presets: vaePresets,
  heldOut: { term: 'reconstruction', title: 'Squared error of a held-out cell', comparesEpochs: () => true },
  supports: () => ({ ok: true }),
  estimate: familyCost,
  train,
};

async function train(context: TrainContext<VaeParameters>): Promise<TrainOutcome> {
  const { engine, data, parameters, seed } = context;
  const { branches, spread, logSdLimit } = parameters;
  const shape: PosteriorShape = { ...trunkShape(data.nVar, parameters), branches, spread, logSdLimit };
  return trainFamily(context, {
    parameters: vaeParameters(shape, Random.from(seed, 'weights')),
    loss: (weights, batch) => vaeLoss(engine, weights, batch, shape, parameters),
    outputs: (weights, x) => {
      const { mean, logSd } = encodePosterior(engine, weights, x, shape);
      return {
        latent: mean,
        latentSd: engine.tf.exp(logSd),
        hidden: decodeHidden(engine, weights, mean, shape),
      };
    },
  });
}
