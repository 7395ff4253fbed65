import { z } from 'zod';
import { normalisationSchema } from '../preprocess/recipe.ts';
import { pruningSchema } from './pruning.ts';
import { searchDomainSchema } from './search-domain.ts';

/** What makes one trial better than another. */
const objectiveSchema = z.discriminatedUnion('kind', [
  /** The loss of cells that did not train, by the term that means the same under all settings of the method. */
  z.strictObject({ kind: z.literal('held-out') }),
  /** Agreement of k-means clusters with known groups; higher is better. */
  z.strictObject({
    kind: z.enum(['ari', 'nmi']),
    /** Obs column with the known groups; left out: the dataset's best. */
    labels: z.string().optional(),
    space: z.enum(['latent', 'denoised']).default('latent'),
  }),
]);

/** A search for good settings of one method, as `lacuna search` reads it from a file and the window sends it. */
export const searchSpecSchema = z.strictObject({
  title: z.string().trim().min(1).default('Search'),
  /** Number of the dataset in the project. */
  dataset: z.int().min(1),
  method: z.string(),
  /** What all trials have in common; left out: the method's first. */
  preset: z.string().optional(),
  /** Settings of all trials that differ from the preset. */
  set: z.record(z.string(), z.unknown()).default({}),
  /** What is searched, by setting; left out: what the method suggests. */
  ranges: z.record(z.string(), searchDomainSchema).optional(),
  trials: z.int().min(1).max(2000).default(20),
  /** Parzen estimators guided by earlier trials, or uniform draws. */
  sampler: z.enum(['tpe', 'random']).default('tpe'),
  /** Of the proposals. */
  seed: z.int().min(0).default(1),
  /** Of every training: the same cells are held out in all trials. */
  trainingSeed: z.int().min(0).default(1),
  objective: objectiveSchema.prefault({ kind: 'held-out' }),
  /** Left out: the median rule where epochs of the method can be compared and the objective is its loss, else none. */
  pruning: pruningSchema.optional(),
  /** The first trial is the preset itself, so that the search can only gain on it. */
  startWithPreset: z.boolean().default(true),
  /** Left out: the preset's own. */
  normalisation: normalisationSchema.optional(),
});
export type SearchSpec = z.infer<typeof searchSpecSchema>;
export type SearchRequest = z.input<typeof searchSpecSchema>;
