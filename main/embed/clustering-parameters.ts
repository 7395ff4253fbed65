import { z } from 'zod';
import { parseParameters } from './parse-parameters.ts';

export type ClusteringKind = 'kmeans' | 'leiden';

const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 53 - 1)
  .default(1)
  .meta({
    label: 'Seed',
    help: 'The same seed gives the same clusters.',
  });

/** Parameters of each kind of clustering; every field but the number of clusters has a default. */
export const CLUSTERING_PARAMETERS = {
  kmeans: z.strictObject({
    k: z.number().int().min(1).max(10_000).meta({
      label: 'Clusters',
      help: 'How many clusters to form; the number of known labels is the usual choice.',
    }),
    restarts: z.number().int().min(1).max(1000).default(50).meta({
      label: 'Starts',
      help: 'Independent starts; the best one is kept.',
      advanced: true,
    }),
    seed,
  }),
  leiden: z.strictObject({
    neighbours: z.number().int().min(2).max(200).default(15).meta({
      label: 'Neighbours',
      help: 'Size of the neighbourhood of each observation in the graph, itself included. Reduced where there are fewer observations.',
    }),
    resolution: z.number().min(0).max(100).default(1).meta({
      label: 'Resolution',
      help: 'Higher values give more, smaller clusters.',
    }),
    seed,
  }),
} as const;

/**
 * Complete parameters of a clustering, with the names in one order, so that they serve as the key of a cache.
 * @throws LacunaError `bad-option` for an unknown or missing name or a value out of range
 */
export function clusteringParameters<K extends ClusteringKind>(
  kind: K,
  parameters: Record<string, unknown>,
): z.output<(typeof CLUSTERING_PARAMETERS)[K]> {
  return parseParameters(kind, CLUSTERING_PARAMETERS[kind], parameters);
}
