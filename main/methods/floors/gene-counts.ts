import { z } from 'zod';
import { Random } from '../../engine/random/random.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import { sizeExtras } from '../counts/count-model.ts';
import { expectedCounts } from '../counts/expected-counts.ts';
import { geneFacts } from '../counts/gene-facts.ts';
import { predictedParts } from '../counts/predicted-parts.ts';
import { checkCountInput, supportsCounts } from '../counts/raw-counts.ts';
import type { DenseOutput, Method, Preset, TrainContext, TrainOutcome } from '../method.ts';
import { fitDispersion } from './fit-dispersion.ts';

const geneCountsSchema = z.object({
  library: z.enum(['counted', 'none']).default('counted').meta({
    label: 'Library size',
    help: 'Whether the size of a cell scales what is expected of it: as counted, or none, which leaves the depth of a cell to chance.',
  }),
});
type GeneCountsParameters = z.infer<typeof geneCountsSchema>;

const NORMALISATION = normalisationSchema.parse({ librarySize: 'median', log1p: true, scale: 'none' });
/** Cells that the dispersions are fitted on; of more, this many drawn at random. */
const FITTED = 20_000;

const presets: readonly Preset[] = [
  {
    id: 'lacuna',
    title: 'Library size known',
    description: 'What is expected of a gene is its share of all counts, times the counted size of the cell.',
    normalisation: NORMALISATION,
    parameters: {},
  },
  {
    id: 'no-library',
    title: 'Library size unknown',
    description: 'The same is expected of every cell; the depth of the cells is part of the spread.',
    normalisation: NORMALISATION,
    parameters: { library: 'none' },
  },
];

/** Floor of the count models: each gene by itself as a Poisson distribution. */
export const genePoisson = geneCounts({
  id: 'gene-poisson',
  title: 'Each gene as Poisson',
  description:
    'Expects of every cell the same share of each gene, with no more spread than chance. The likelihood of held-out cells that a count model has to beat by far.',
  spread: false,
});

/** Floor of the count models: each gene by itself as a negative binomial. */
export const geneNb = geneCounts({
  id: 'gene-nb',
  title: 'Each gene as negative binomial',
  description:
    'Expects of every cell the same share of each gene, with a spread fitted to that gene. It knows nothing of cell types; a count model that does not beat its likelihood on held-out cells has learned nothing of single cells.',
  spread: true,
});

function geneCounts(words: {
  id: string;
  title: string;
  description: string;
  /** Whether genes spread beyond Poisson. */
  spread: boolean;
}): Method<GeneCountsParameters> {
  const { spread, ...facts } = words;
  return {
    ...facts,
    family: 'Floors',
    question: 'floor',
    paper: null,
    parameters: geneCountsSchema,
    presets,
    givesLikelihood: true,
    supports: supportsCounts,
    estimate: ({ nObs, nVar, nnz }) => ({
      memoryBytes: 450e6 + nnz * 8 + nVar * 16 + (spread ? Math.min(1, FITTED / nObs) * nnz * 8 : 0),
      seconds:
        0.5 + nnz * 2e-8 + (spread ? Math.min(1, FITTED / nObs) * nnz * 1e-6 + Math.min(nObs, FITTED) * 5e-5 : 0),
    }),
    train: async (context) => train(context, spread),
  };
}

function train(context: TrainContext<GeneCountsParameters>, spread: boolean): TrainOutcome {
  const { data, parameters, unseen, report, seed } = context;
  checkCountInput(data);
  report({ stage: 'Fitting each gene', fraction: null });
  const counted = parameters.library === 'counted';
  const all = Uint32Array.from({ length: data.nObs }, (_, i) => i);
  const sizes = sizesOf(data, counted);
  const { logRate } = geneFacts(data.counts, sizes, all);
  const extras: Record<string, DenseOutput> = {};
  if (spread) {
    const fitted = Random.from(seed, 'fitted cells').shuffle(all.slice()).slice(0, FITTED).sort();
    extras.geneDispersion = { nDim: 1, values: fitDispersion(data.counts, logRate.map(Math.exp), sizes, fitted) };
  }
  const outcomeFor = (source: ExpressionSource): TrainOutcome => {
    const used = sizesOf(source, counted);
    const hidden = { nDim: 0, values: new Float32Array(0) };
    const logScale = used.map(Math.log);
    return {
      latent: null,
      denoised: expectedCounts(source, hidden, new Float32Array(0), logRate, logScale),
      extras: sizeExtras({ used, counted: counted ? used : null, predicted: counted ? null : used }),
      summary: {},
    };
  };
  const outcome = outcomeFor(data);
  return {
    ...outcome,
    ...(unseen?.expression && predictedParts(outcomeFor(unseen.expression))),
    extras: { ...outcome.extras, ...extras },
  };
}

function sizesOf({ librarySize }: Pick<ExpressionSource, 'librarySize'>, counted: boolean): Float64Array {
  return Float64Array.from(librarySize, (size) => (counted ? Math.max(size, 1) : 1));
}
