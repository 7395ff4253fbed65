import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import { fieldCost } from '../inr/field-cost.ts';
import { heldOutError } from '../inr/held-out-error.ts';
import { supportsPositions, tissuePositions } from '../inr/tissue-positions.ts';
import type { Method } from '../method.ts';
import { stageParametersSchema, type StageParameters } from './parameters.ts';
import { stagePresets } from './presets.ts';
import { trainStage } from './train-stage.ts';
import { unitSquare } from './unit-square.ts';

/** STAGE: an autoencoder whose latent space is the tissue itself. */
export const stage: Method<StageParameters> = {
  id: 'stage',
  title: 'STAGE',
  family: 'Implicit representations',
  question: 'space',
  description:
    'An autoencoder whose summary of a spot is the spot’s own position, so that its decoder makes the expression of any place. The established way of making sections denser without an image; the others of this group are compared with it.',
  paper: {
    title: 'High-density generation of spatial transcriptomics with STAGE',
    authors: 'Li, Gai, Dong, Zhang, Zhang',
    year: 2024,
    venue: 'Nucleic Acids Research 52(9), 4843–4856',
    doi: '10.1093/nar/gkae294',
  },
  parameters: stageParametersSchema,
  presets: stagePresets,
  heldOut: heldOutError('measured', () => true),
  predictsUnseen: true,
  supports: supportsPositions,
  estimate: (facts, { hiddenLayers, batchSize, epochs }, machine) => {
    const widths = widthsOf(hiddenLayers);
    return fieldCost(facts, machine, [
      { widths: [facts.nVar, ...widths, 2, ...[...widths].reverse()], batchSize, epochs },
    ]);
  },
  train: async (context) => {
    const { parameters } = context;
    const { learningRate, weightDecay, epochs, batchSize, heldOutShare, patience } = parameters;
    return trainStage(context, unitSquare(await tissuePositions(context, parameters.aspect)), {
      widths: widthsOf(parameters.hiddenLayers),
      batchNorm: parameters.batchNorm,
      output: parameters.output,
      solve: parameters.solveOutput,
      weights: {
        position: parameters.positionWeight,
        wasserstein: parameters.wassersteinWeight,
        expression: parameters.expressionWeight,
        absolute: parameters.absoluteWeight,
        measured: parameters.measuredWeight,
        projections: parameters.projections,
      },
      // The published code has an Adam each for encoder and decoder; with one learning rate they are one.
      schedule: {
        epochs,
        batchSize,
        heldOutShare,
        patience,
        adam: { ...ADAM_DEFAULTS, learningRate, weightDecay },
      },
    });
  },
};
