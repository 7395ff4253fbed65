import { z } from 'zod';
import { nearestByGrid, type Coordinates } from '../neighbours/nearest-by-grid.ts';
import { nearestInSpace } from '../neighbours/nearest-in-space.ts';
import { spatialName } from '../neighbours/spatial-coordinates.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type {
  CostEstimate,
  DatasetFacts,
  DenoisedModel,
  Machine,
  Method,
  TrainContext,
  TrainOutcome,
} from '../method.ts';
import { fitPca } from '../pca/fit-pca.ts';
import { breathe } from '../training/event-loop.ts';
import { FLOOR_INPUT } from './train-mean.ts';

export const knnParametersSchema = z.object({
  k: z.int().min(1).max(100).default(10).meta({
    label: 'Neighbours',
    help: 'How many of the nearest other cells or spots are averaged.',
    unit: 'neighbours',
  }),
  neighbours: z.enum(['auto', 'space', 'expression']).default('auto').meta({
    label: 'Nearest in',
    help: 'Tissue (space) or expression. Auto takes the tissue where the data have positions.',
    advanced: true,
  }),
});
export type KnnParameters = z.infer<typeof knnParametersSchema>;

const N_COMPONENTS = 30;

/** Floor: every cell is predicted as the mean of its nearest others, itself left out. */
export const knn: Method<KnnParameters> = {
  id: 'knn-10',
  title: 'Mean of the 10 nearest',
  family: 'Floors',
  question: 'floor',
  description:
    'Predicts each spot as the average of its ten nearest neighbours in the tissue, or each cell as that of the ten cells most like it. Simple smoothing that many published networks do not beat.',
  paper: null,
  parameters: knnParametersSchema,
  presets: [
    {
      id: 'lacuna',
      title: 'Default',
      description: 'Ten neighbours, log-normalised values of all genes.',
      normalisation: FLOOR_INPUT,
      parameters: {},
    },
  ],
  predictsUnseen: true,
  supports: (facts) => (facts.nObs > 1 ? { ok: true } : { ok: false, reason: 'It needs at least two observations.' }),
  estimate,
  train,
};

async function train(context: TrainContext<KnnParameters>): Promise<TrainOutcome> {
  const { data, engine, parameters, report, signal, unseen } = context;
  const k = Math.min(parameters.k, data.nObs - 1);
  const name = spatialName([...data.obsm].map(([key, { nDim }]) => ({ name: key, nDim })));
  const found = parameters.neighbours === 'expression' || name === null ? null : (data.obsm.get(name) as Coordinates);
  // A spot without a position has no neighbours in the tissue.
  const coordinates = found?.values.every(Number.isFinite) ? found : null;
  if (parameters.neighbours === 'space' && !coordinates) {
    throw new LacunaError(
      'unsupported',
      'These data have no complete positions in tissue, so there are no neighbours in space.',
      "Set 'Nearest in' to expression or auto.",
    );
  }
  const places = name === null ? null : (unseen?.obsm.get(name) ?? null);
  if (unseen && !(coordinates && places?.values.every(Number.isFinite))) {
    throw new LacunaError(
      'unsupported',
      'Spots that were held out can be predicted from their neighbours only where every spot has a position.',
      "Set 'Nearest in' to auto, and import positions for all spots.",
    );
  }
  let predicted: DenoisedModel | null = null;
  let indices: Uint32Array;
  if (coordinates) {
    report({ stage: 'Finding neighbours in the tissue', fraction: null });
    indices = await nearestByGrid(coordinates, k, breathe, signal);
    if (places)
      predicted = { kind: 'neighbours', k, indices: await nearestByGrid(coordinates, k, breathe, signal, places) };
  } else {
    const space = await fitPca(context, N_COMPONENTS);
    let lastAt = 0;
    const pause = async (share: number): Promise<void> => {
      if (performance.now() - lastAt > 100) {
        lastAt = performance.now();
        report({ stage: 'Finding neighbours in expression', fraction: share });
      }
      await breathe();
    };
    indices = await nearestInSpace(engine, space.scores, k, pause, signal);
  }
  return {
    latent: null,
    denoised: { kind: 'neighbours', k, indices },
    predicted,
    extras: {},
    summary: { neighbours: k, inTissue: coordinates ? 1 : 0 },
  };
}

function estimate(facts: DatasetFacts, { k, neighbours }: KnnParameters, machine: Machine): CostEstimate {
  const { nObs, nVar, nnz } = facts;
  const data = 450e6 + nnz * 8 + nObs * k * 4;
  if (neighbours !== 'expression' && spatialName(facts.obsm))
    return { memoryBytes: data + nObs * 40, seconds: 0.1 + nObs * 2e-5 };
  const pass = nObs * nVar * 8;
  return {
    memoryBytes: data + 256 * nVar * 12 + 256 * nObs * 12,
    seconds: 1 + (9 * pass) / 4e9 + (nObs * nObs * N_COMPONENTS * 2) / machine.flopsPerSecond + nObs * nObs * 2e-9,
  };
}
