import { z } from 'zod';
import type { Method, TrainContext, TrainOutcome } from '../method.ts';
import { fitPca } from '../pca/fit-pca.ts';
import { pca } from '../pca/pca.ts';
import { splitObservations } from '../training/split.ts';
import { Stages } from '../training/stages.ts';
import { batchSizeFor } from './batch-size.ts';
import { EMBEDDED_LACUNA, embeddedFields } from './embedded-parameters.ts';
import { fieldCost } from './field-cost.ts';
import { heldOutError } from './held-out-error.ts';
import { networksToTry, networkWidths, trialEpochsOf } from './network-choice.ts';
import { SUICA_INPUT, SUICA_PAPER } from './papers.ts';
import { scheduleOf } from './parameters.ts';
import { supportsPositions, tissuePositions } from './tissue-positions.ts';
import { trainEmbeddedField } from './train-embedded-field.ts';

export const inrPcaParametersSchema = z.object({
  nComponents: z.int().min(1).max(200).default(32).meta({
    label: 'Components',
    help: 'How many principal components the network of position learns.',
    unit: 'components',
  }),
  ...embeddedFields,
});
export type InrPcaParameters = z.infer<typeof inrPcaParametersSchema>;

/** Network of position on principal components: SUICA's comparison "PCA" (appendix B). */
export const inrPca: Method<InrPcaParameters> = {
  id: 'inr-pca',
  title: 'Position to principal components',
  family: 'Implicit representations',
  question: 'space',
  description:
    'Finds the main directions in which the spots differ, learns them as functions of the place and turns them back into genes. The simplest way to learn a tissue through a summary.',
  paper: SUICA_PAPER,
  parameters: inrPcaParametersSchema,
  presets: [
    {
      id: 'lacuna',
      title: 'Recommended',
      description:
        '32 components, small networks averaged, detail chosen by held-out spots, last layer solved exactly.',
      normalisation: SUICA_INPUT,
      parameters: EMBEDDED_LACUNA,
    },
    {
      id: 'paper',
      title: 'As compared in the SUICA paper',
      description: '32 components, σ = 10, three layers of 2,048, 1,000 epochs.',
      normalisation: SUICA_INPUT,
      parameters: { batchSize: 8192 },
    },
  ],
  heldOut: heldOutError('expression', () => false),
  predictsUnseen: true,
  supports: supportsPositions,
  estimate: (facts, parameters, machine) => {
    const { nComponents, batchSize, members } = parameters;
    const epochs = (parameters.epochs + trialEpochsOf(parameters)) * members;
    const first = pca.estimate(facts, { nComponents }, machine);
    const field = fieldCost({ ...facts, nVar: nComponents }, machine, [
      { widths: networkWidths(parameters), batchSize: batchSizeFor(batchSize, facts.nObs), epochs },
    ]);
    return {
      memoryBytes: Math.max(first.memoryBytes, field.memoryBytes),
      seconds: first.seconds + field.seconds,
    };
  },
  train,
};

async function train(context: TrainContext<InrPcaParameters>): Promise<TrainOutcome> {
  const { data, parameters, seed } = context;
  const positions = await tissuePositions(context, parameters.aspect);
  const { scores, components } = await fitPca(context, parameters.nComponents);
  const stages = new Stages(context, trialEpochsOf(parameters) + parameters.epochs);
  const embedding = {
    values: scores.values,
    nOut: scores.nDim,
    decoder: { widths: [], arrays: {} },
    output: { weights: components, bias: data.geneMean.slice() },
  };
  return trainEmbeddedField(context, stages, positions, embedding, {
    candidates: networksToTry(parameters, positions),
    trialEpochs: parameters.trialEpochs,
    members: parameters.members,
    addAbsolute: false,
    schedule: scheduleOf(parameters, data.nObs),
    split: splitObservations(data.nObs, parameters.heldOutShare, seed),
    solve: parameters.solveOutput,
  });
}
