import { z } from 'zod';
import { Random } from '../../engine/random/random.ts';
import type { Method, TrainContext, TrainOutcome } from '../method.ts';
import { autoencoderLoss } from './loss.ts';
import { autoencoderParameters, decodeHidden, encode, type AutoencoderShape } from './network.ts';
import { decoderLayersField, networkFields } from './parameters.ts';
import { autoencoderPresets } from './presets.ts';
import { REPORT } from './report.ts';
import { familyCost, trainFamily, trunkShape } from './train-family.ts';

export const autoencoderParametersSchema = z.object({
  ...networkFields,
  ...decoderLayersField,
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
  heldOut: { term: 'total', title: 'Squared error of a held-out cell', comparesEpochs: () => true },
  supports: () => ({ ok: true }),
  estimate: familyCost,
  train,
};

async function train(context: TrainContext<AutoencoderParameters>): Promise<TrainOutcome> {
  const { engine, data, parameters, seed } = context;
  const shape: AutoencoderShape = {
    ...trunkShape(data.nVar, parameters),
    latentActivation: parameters.latentActivation,
  };
  return trainFamily(context, {
    parameters: autoencoderParameters(shape, Random.from(seed, 'weights')),
    loss: (weights, batch) => autoencoderLoss(engine, weights, batch, shape, parameters.inputDropout),
    outputs: (weights, x) => {
      const latent = encode(engine, weights, x, shape);
      return { latent, hidden: decodeHidden(engine, weights, latent, shape) };
    },
  });
}
