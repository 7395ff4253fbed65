import { z } from 'zod';
import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { decodeHidden, OUTPUT, type TrunkShape } from '../autoencoder/network.ts';
import { networkFields, widthsOf } from '../autoencoder/parameters.ts';
import { REPORT } from '../autoencoder/report.ts';
import type { Method, TrainContext, TrainOutcome } from '../method.ts';
import { applyNetwork } from '../training/apply-network.ts';
import { networkCost } from '../training/network-cost.ts';
import { trainNetwork } from '../training/train-network.ts';
import { vaeLoss } from './loss.ts';
import { encodePosterior, vaeParameters } from './network.ts';
import { vaePresets } from './presets.ts';

export const vaeParametersSchema = z.object({
  ...networkFields,
  beta: z.number().min(0).max(1000).default(2).meta({
    label: 'β',
    help: 'Weight of the term that keeps the latent space smooth and compact. 1 is the plain VAE; larger values give smoother, less detailed spaces.',
  }),
  warmUpEpochs: z.int().min(0).max(10_000).default(0).meta({
    label: 'Warm-up of β',
    help: 'Epochs over which β rises from 0, so that the network first learns to rebuild the data.',
    unit: 'epochs',
    advanced: true,
  }),
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
  supports: () => ({ ok: true }),
  estimate: (facts, parameters, machine) =>
    networkCost(facts, machine, {
      ...parameters,
      widths: [...widthsOf(parameters.hiddenLayers), parameters.latentSize],
    }),
  train,
};

async function train(context: TrainContext<VaeParameters>): Promise<TrainOutcome> {
  const { engine, data, parameters, seed } = context;
  const shape: TrunkShape = {
    nVar: data.nVar,
    hidden: widthsOf(parameters.hiddenLayers),
    decoder: parameters.decoder,
    latentSize: parameters.latentSize,
    firstActivation: parameters.firstActivation,
  };
  const trained = await trainNetwork(
    context,
    {
      parameters: vaeParameters(shape, Random.from(seed, 'weights')),
      loss: (weights, batch) => vaeLoss(engine, weights, batch, shape, parameters),
    },
    {
      ...parameters,
      adam: { ...ADAM_DEFAULTS, learningRate: parameters.learningRate, weightDecay: parameters.weightDecay },
    },
  );
  try {
    const outputs = await applyNetwork(context, trained.store, parameters.batchSize, (weights, x) => {
      const { mean, logSd } = encodePosterior(engine, weights, x, shape);
      return {
        latent: mean,
        latentSd: engine.tf.exp(logSd),
        hidden: decodeHidden(engine, weights, mean, shape),
      };
    });
    const weights = trained.store.weights();
    return {
      latent: outputs.latent,
      denoised: {
        kind: 'factored',
        hidden: outputs.hidden,
        weights: weights[`${OUTPUT}/kernel`],
        bias: weights[`${OUTPUT}/bias`],
        link: 'identity',
      },
      extras: { latentSd: outputs.latentSd },
      summary: trained.summary,
    };
  } finally {
    trained.store.dispose();
  }
}
