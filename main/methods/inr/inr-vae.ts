import { z } from 'zod';
import type { ParameterStore } from '../../engine/optimiser/parameter-store.ts';
import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { autoencoderLoss } from '../autoencoder/loss.ts';
import { autoencoderParameters, encode, OUTPUT, type AutoencoderShape } from '../autoencoder/network.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import type { Method, TrainContext, TrainOutcome } from '../method.ts';
import { applyNetwork } from '../training/apply-network.ts';
import { networkCost } from '../training/network-cost.ts';
import { splitObservations } from '../training/split.ts';
import { Stages } from '../training/stages.ts';
import { vaeLoss } from '../vae/loss.ts';
import { encodePosterior, vaeParameters } from '../vae/network.ts';
import { batchSizeFor } from './batch-size.ts';
import { EMBEDDED_LACUNA, embeddedFields } from './embedded-parameters.ts';
import { fieldCost } from './field-cost.ts';
import { heldOutError } from './held-out-error.ts';
import { networksToTry, networkWidths, trialEpochsOf } from './network-choice.ts';
import { SUICA_INPUT, SUICA_PAPER } from './papers.ts';
import { scheduleOf } from './parameters.ts';
import { supportsPositions, tissuePositions } from './tissue-positions.ts';
import { trainEmbeddedField } from './train-embedded-field.ts';
import { widthsField } from './widths.ts';

export const inrVaeParametersSchema = z.object({
  embedding: z.enum(['vae', 'ae']).default('vae').meta({
    label: 'Embedding',
    help: 'Variational autoencoder, or a plain one.',
  }),
  beta: z.number().min(0).max(1000).default(1).meta({
    label: 'β',
    help: 'Of the variational autoencoder: how strongly its latent space is kept smooth and compact.',
  }),
  latentSize: z.int().min(1).max(256).default(32).meta({
    label: 'Latent dimensions',
    help: 'How many numbers describe one spot.',
    unit: 'dimensions',
  }),
  hiddenLayers: widthsField.default('512-64').meta({
    label: 'Autoencoder layers',
    help: 'Widths of the layers between the genes and the latent space; the way back mirrors them.',
  }),
  autoencoderEpochs: z.int().min(1).max(10_000).default(200).meta({
    label: 'Epochs of the autoencoder',
    help: 'How often the first stage goes through all spots, at most.',
    unit: 'epochs',
  }),
  autoencoderRate: z.number().positive().max(1).default(1e-3).meta({
    label: 'Learning rate of the autoencoder',
    help: 'Size of a step in the first stage.',
    advanced: true,
  }),
  ...embeddedFields,
});
export type InrVaeParameters = z.infer<typeof inrVaeParametersSchema>;

/** Network of position on the latent space of a VAE or AE: SUICA's comparison "VAE" (appendix B). */
export const inrVae: Method<InrVaeParameters> = {
  id: 'inr-vae',
  title: 'Position to a VAE’s latent space',
  family: 'Implicit representations',
  question: 'space',
  description:
    'A variational (or plain) autoencoder sums every spot up in a few numbers, which are then learned as functions of the place and turned back into genes. Compare it with SUICA, whose autoencoder also looks at the neighbours.',
  paper: SUICA_PAPER,
  parameters: inrVaeParametersSchema,
  presets: [
    {
      id: 'lacuna',
      title: 'Recommended',
      description: 'One hidden layer, ten latent dimensions, small networks averaged, detail chosen by held-out spots.',
      normalisation: SUICA_INPUT,
      parameters: { ...EMBEDDED_LACUNA, hiddenLayers: '128', latentSize: 10, autoencoderEpochs: 150 },
    },
    {
      id: 'paper',
      title: 'As compared in the SUICA paper',
      description: 'VAE of 512-64-32, σ = 10, three layers of 2,048, 1,000 epochs.',
      normalisation: SUICA_INPUT,
      parameters: {},
    },
    {
      id: 'ae',
      title: 'On a plain autoencoder',
      description: 'The recommended settings with an autoencoder that is not variational.',
      normalisation: SUICA_INPUT,
      parameters: {
        ...EMBEDDED_LACUNA,
        embedding: 'ae',
        hiddenLayers: '128',
        latentSize: 10,
        autoencoderEpochs: 150,
      },
    },
  ],
  heldOut: heldOutError('expression', () => false),
  predictsUnseen: true,
  supports: supportsPositions,
  estimate: (facts, parameters, machine) => {
    const { batchSize, members, latentSize, autoencoderEpochs } = parameters;
    const first = networkCost(facts, machine, {
      widths: [...widthsOf(parameters.hiddenLayers), latentSize],
      batchSize: batchSizeFor(batchSize, facts.nObs),
      epochs: autoencoderEpochs,
    });
    const epochs = (parameters.epochs + trialEpochsOf(parameters)) * members;
    const field = fieldCost({ ...facts, nVar: latentSize }, machine, [
      { widths: networkWidths(parameters), batchSize: batchSizeFor(batchSize, facts.nObs), epochs },
    ]);
    return {
      memoryBytes: Math.max(first.memoryBytes, field.memoryBytes),
      seconds: first.seconds + field.seconds,
    };
  },
  train,
};

async function train(context: TrainContext<InrVaeParameters>): Promise<TrainOutcome> {
  const { engine, data, parameters, seed } = context;
  const positions = await tissuePositions(context, parameters.aspect);
  const split = splitObservations(data.nObs, parameters.heldOutShare, seed);
  const planned = parameters.autoencoderEpochs + trialEpochsOf(parameters) + parameters.epochs;
  const stages = new Stages(context, planned);
  const hidden = widthsOf(parameters.hiddenLayers);
  const shape: AutoencoderShape = {
    nVar: data.nVar,
    hidden,
    decoder: 'mirrored',
    latentSize: parameters.latentSize,
    firstActivation: 'relu',
    latentActivation: 'linear',
  };
  const isVae = parameters.embedding === 'vae';
  const schedule = scheduleOf(parameters, data.nObs);
  const random = Random.from(seed, 'weights');
  const keep = async (store: ParameterStore): Promise<Record<string, Float32Array>> => {
    const { latent } = await applyNetwork(context, store, schedule.batchSize, (weights, x) => ({
      latent: isVae ? encodePosterior(engine, weights, x, shape).mean : encode(engine, weights, x, shape),
    }));
    const decoder = Object.entries(store.weights()).filter(([name]) => name.startsWith('decoder/'));
    return { ...Object.fromEntries(decoder), latent: latent.values };
  };
  const { arrays } = await stages.train({
    name: 'autoencoder',
    title: 'Training the autoencoder',
    trainable: {
      parameters: isVae ? vaeParameters(shape, random) : autoencoderParameters(shape, random),
      loss: (weights, batch) =>
        isVae
          ? vaeLoss(engine, weights, batch, shape, { beta: parameters.beta, warmUpEpochs: 0, inputDropout: 0 })
          : autoencoderLoss(engine, weights, batch, shape, 0),
    },
    schedule: {
      ...schedule,
      epochs: parameters.autoencoderEpochs,
      split,
      adam: { ...ADAM_DEFAULTS, learningRate: parameters.autoencoderRate },
    },
    keep,
  });
  const { latent, [`${OUTPUT}/kernel`]: kernel, [`${OUTPUT}/bias`]: bias, ...decoder } = arrays;
  const embedding = {
    values: latent,
    nOut: parameters.latentSize,
    decoder: { widths: [...hidden].reverse(), arrays: decoder },
    output: { weights: kernel, bias },
  };
  return trainEmbeddedField(context, stages, positions, embedding, {
    candidates: networksToTry(parameters, positions),
    trialEpochs: parameters.trialEpochs,
    members: parameters.members,
    addAbsolute: false,
    schedule,
    split,
    solve: parameters.solveOutput,
  });
}
