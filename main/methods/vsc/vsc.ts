import { z } from 'zod';
import { Random } from '../../engine/random/random.ts';
import { decodeHidden } from '../autoencoder/network.ts';
import { constraintFields, decoderLayersField, networkFields, posteriorFields } from '../autoencoder/parameters.ts';
import { REPORT } from '../autoencoder/report.ts';
import { familyCost, trainFamily, trunkShape } from '../autoencoder/train-family.ts';
import type { DenseOutput, Method, TrainContext, TrainOutcome } from '../method.ts';
import { firstPseudoInputs } from './first-pseudo-inputs.ts';
import { sparseMean, vscLoss } from './loss.ts';
import { encodeSpikeAndSlab, vscParameters, type VscShape } from './network.ts';
import { vscPresets } from './presets.ts';

export const vscParametersSchema = z.object({
  ...networkFields,
  ...constraintFields,
  alpha: z
    .number()
    .min(0.001)
    .max(0.999)
    .default(0.5)
    .meta({
      label: 'α, share in use',
      help: 'Share of the latent dimensions that a cell is expected to use. Smaller values leave more dimensions at exactly zero.',
      search: { low: 0.1, high: 0.9 },
    }),
  sharpness: z.number().min(1).max(1000).default(50).meta({
    label: 'c, sharpness',
    help: 'How sharply a sampled dimension is switched on or off while training.',
    advanced: true,
  }),
  spike: z.enum(['clipped', 'sigmoid']).default('clipped').meta({
    label: 'Switch',
    help: 'Clipped stops at 1, as in the report’s code, where a switch can get stuck; sigmoid keeps learning.',
    advanced: true,
  }),
  pseudoInputs: z.int().min(0).max(1000).default(0).meta({
    label: 'Pseudo-inputs',
    help: 'Learned example cells whose encodings are the prior, as in the paper of variational sparse coding; 0 takes the fixed prior of the report.',
    unit: 'cells',
    advanced: true,
  }),
  ...decoderLayersField,
  ...posteriorFields,
});
export type VscParameters = z.infer<typeof vscParametersSchema>;

/**
 * β-VSC: the variational sparse coder of the report, section 2.3 and 2.4. The latent is the mean of q(z | x), γ ⊙ μ.
 */
export const vsc: Method<VscParameters> = {
  id: 'vsc',
  title: 'Variational sparse coding (β-VSC)',
  family: 'Autoencoders',
  question: 'structure',
  description:
    'A variational autoencoder that may switch latent dimensions off, cell by cell: each cell type uses the few dimensions that it needs, and the others are zero. Choose it to see which dimensions belong to which cells.',
  paper: REPORT,
  parameters: vscParametersSchema,
  presets: vscPresets,
  heldOut: { term: 'reconstruction', title: 'Squared error of a held-out cell', comparesEpochs: () => true },
  supports: () => ({ ok: true }),
  estimate: familyCost,
  train,
};

async function train(context: TrainContext<VscParameters>): Promise<TrainOutcome> {
  const { engine, data, parameters, seed } = context;
  const { branches, spread, logSdLimit, spike } = parameters;
  const pseudoInputs = Math.min(parameters.pseudoInputs, data.nObs);
  const shape: VscShape = { ...trunkShape(data.nVar, parameters), branches, spread, logSdLimit, spike, pseudoInputs };
  return trainFamily(context, {
    parameters: vscParameters(
      shape,
      Random.from(seed, 'weights'),
      firstPseudoInputs(data, pseudoInputs, Random.from(seed, 'pseudo-inputs')),
    ),
    loss: (weights, batch) => vscLoss(engine, weights, batch, shape, parameters),
    outputs: (weights, x) => {
      const q = encodeSpikeAndSlab(engine, weights, x, shape);
      const latent = sparseMean(engine, q);
      return {
        latent,
        spike: engine.tf.exp(q.logSpike),
        latentSd: engine.tf.exp(q.logSd),
        hidden: decodeHidden(engine, weights, latent, shape),
      };
    },
    figures: ({ spike: gamma }) => ({ shareInUse: meanOf(gamma) }),
  });
}

function meanOf({ values }: DenseOutput): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
