import { z } from 'zod';
import { parseParameters } from './parse-parameters.ts';

export type EmbeddingKind = 'pca' | 'umap' | 'tsne';

const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 53 - 1)
  .default(1)
  .meta({
    label: 'Seed',
    help: 'The same seed gives the same picture.',
  });

/** Parameters of each kind of picture; every field has a default and a range. The number of dimensions stands apart. */
export const EMBEDDING_PARAMETERS = {
  pca: z.strictObject({}),
  umap: z.strictObject({
    neighbours: z.number().int().min(2).max(200).default(15).meta({
      label: 'Neighbours',
      help: 'Small values show fine detail, large ones the broad arrangement. Reduced where there are fewer observations.',
    }),
    minDist: z.number().min(0).max(0.99).default(0.1).meta({
      label: 'Least distance',
      help: 'How tightly points may be packed.',
    }),
    epochs: z.number().int().min(0).max(5000).default(0).meta({
      label: 'Epochs',
      help: 'Rounds of the layout. 0: 500 for up to 10,000 observations, 200 for more.',
      advanced: true,
    }),
    seed,
  }),
  tsne: z.strictObject({
    perplexity: z.number().min(2).max(200).default(30).meta({
      label: 'Perplexity',
      help: 'About how many neighbours count for each observation. Reduced where there are too few observations.',
    }),
    iterations: z.number().int().min(250).max(10_000).default(1000).meta({
      label: 'Iterations',
      help: 'Steps of the layout.',
      advanced: true,
    }),
    seed,
  }),
} as const;

/**
 * Complete parameters of a picture, with the names in one order: equal settings give equal objects and equal JSON, so
 * they serve as the key of a cache. Parameters say what was asked for; what is reduced for small data follows from them
 * and the data.
 * @throws LacunaError `bad-option` for an unknown name or a value out of range
 */
export function embeddingParameters<K extends EmbeddingKind>(
  kind: K,
  parameters: Record<string, unknown> = {},
): z.output<(typeof EMBEDDING_PARAMETERS)[K]> {
  return parseParameters(kind, EMBEDDING_PARAMETERS[kind], parameters);
}
