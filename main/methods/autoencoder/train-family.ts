import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { CostEstimate, DatasetFacts, DenseOutput, Machine, TrainContext, TrainOutcome } from '../method.ts';
import { applyNetwork } from '../training/apply-network.ts';
import { networkCost } from '../training/network-cost.ts';
import { trainNetwork } from '../training/train-network.ts';
import type { Batch, LossTerms } from '../training/training.types.ts';
import { OUTPUT, type TrunkShape } from './network.ts';
import { widthsOf, type decoderLayersField, type networkFields } from './parameters.ts';

type FamilyParameters = z.infer<z.ZodObject<typeof networkFields & typeof decoderLayersField>>;

/** What tells one member of the family from the others. */
export interface FamilyNetwork {
  parameters: Record<string, ParameterSpec>;
  loss(weights: Weights, batch: Batch): LossTerms;
  /** Of x [n, nVar]: the latent, the layer before the linear output, and what else is worth keeping, by name. */
  outputs(weights: Weights, x: Tensor2D): { latent: Tensor2D; hidden: Tensor2D } & Record<string, Tensor2D>;
  /** Further final figures, made of the outputs. */
  figures?(outputs: Record<string, DenseOutput>): Record<string, number>;
}

/** Sizes of a network of the family, from the settings of a run. */
export function trunkShape(nVar: number, parameters: FamilyParameters): TrunkShape {
  const { hiddenLayers, decoderLayers, decoder, latentSize, firstActivation } = parameters;
  return {
    nVar,
    hidden: widthsOf(hiddenLayers),
    decoder,
    ...(decoderLayers === '' ? {} : { decoderHidden: widthsOf(decoderLayers) }),
    latentSize,
    firstActivation,
  };
}

/** Memory and time of a training; a decoder of its own is taken for one that mirrors the encoder. */
export function familyCost(facts: DatasetFacts, parameters: FamilyParameters, machine: Machine): CostEstimate {
  const widths = [...widthsOf(parameters.hiddenLayers), parameters.latentSize];
  return networkCost(facts, machine, { ...parameters, widths });
}

/**
 * Trains a member of the family by Adam, and sums it up: the latent, and denoised values as a product of the last hidden layer
 * and the output layer. The gradient's norm is part of the history.
 *
 * @throws LacunaError `cancelled`, `diverged`, `out-of-memory`
 */
export async function trainFamily(
  context: TrainContext<FamilyParameters>,
  network: FamilyNetwork,
): Promise<TrainOutcome> {
  const { parameters } = context;
  const trained = await trainNetwork(context, network, {
    ...parameters,
    adam: { ...ADAM_DEFAULTS, learningRate: parameters.learningRate, weightDecay: parameters.weightDecay },
    gradientNorm: true,
  });
  try {
    const outputs: Record<string, DenseOutput> = await applyNetwork(
      context,
      trained.store,
      parameters.batchSize,
      (weights, x) => network.outputs(weights, x),
    );
    const weights = trained.store.weights();
    const { latent, hidden, ...extras } = outputs;
    return {
      latent,
      denoised: {
        kind: 'factored',
        hidden,
        weights: weights[`${OUTPUT}/kernel`],
        bias: weights[`${OUTPUT}/bias`],
        link: 'identity',
      },
      extras,
      summary: { ...trained.summary, ...network.figures?.(outputs) },
    };
  } finally {
    trained.store.dispose();
  }
}
