import { z } from 'zod';
import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { Method, TrainContext, TrainOutcome } from '../method.ts';
import { applyNetwork } from '../training/apply-network.ts';
import { networkCost } from '../training/network-cost.ts';
import { trainNetwork } from '../training/train-network.ts';
import { autoencoderLoss } from './loss.ts';
import { autoencoderParameters, decodeHidden, encode, OUTPUT, type AutoencoderShape } from './network.ts';
import { networkFields, widthsOf } from './parameters.ts';
import { autoencoderPresets } from './presets.ts';
import { REPORT } from './report.ts';

export const autoencoderParametersSchema = z.object({
  ...networkFields,
  latentActivation: z.enum(['relu', 'linear']).default('relu').meta({
    label: 'Latent activation',
    help: 'The report cuts negative latent values off (ReLU); linear keeps them.',
    advanced: true,
  }),
});
export type AutoencoderParameters = z.infer<typeof autoencoderParametersSchema>;

/** AE: the deep autoencoder of the report, section 2.4.1. */
export const autoencoder: Method<AutoencoderParameters> = {
  id: 'ae',
  title: 'Autoencoder (AE)',
  family: 'Autoencoders',
  question: 'structure',
  description:
    'Learns to squeeze the expression of each cell into a few numbers and to rebuild it from them. Similar cells end up close together, and the rebuilt values are free of much of the noise. A good first choice for finding cell types.',
  paper: REPORT,
  parameters: autoencoderParametersSchema,
  presets: autoencoderPresets,
  supports: () => ({ ok: true }),
  estimate: (facts, parameters, machine) =>
    networkCost(facts, machine, {
      ...parameters,
      widths: [...widthsOf(parameters.hiddenLayers), parameters.latentSize],
    }),
  train,
};

async function train(context: TrainContext<AutoencoderParameters>): Promise<TrainOutcome> {
  const { engine, data, parameters, seed } = context;
  const shape: AutoencoderShape = {
    nVar: data.nVar,
    hidden: widthsOf(parameters.hiddenLayers),
    decoder: parameters.decoder,
    latentSize: parameters.latentSize,
    firstActivation: parameters.firstActivation,
    latentActivation: parameters.latentActivation,
  };
  const trained = await trainNetwork(
    context,
    {
      parameters: autoencoderParameters(shape, Random.from(seed, 'weights')),
      loss: (weights, batch) => autoencoderLoss(engine, weights, batch, shape, parameters.inputDropout),
    },
    {
      ...parameters,
      adam: { ...ADAM_DEFAULTS, learningRate: parameters.learningRate, weightDecay: parameters.weightDecay },
    },
  );
  try {
    const outputs = await applyNetwork(context, trained.store, parameters.batchSize, (weights, x) => {
      const latent = encode(engine, weights, x, shape);
      return { latent, hidden: decodeHidden(engine, weights, latent, shape) };
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
      extras: {},
      summary: trained.summary,
    };
  } finally {
    trained.store.dispose();
  }
}
