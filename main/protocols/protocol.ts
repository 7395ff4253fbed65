import { z } from 'zod';

/**
 * What is kept from a method so that it can be judged. A protocol is a value: it is stored with the run, and everything
 * random in it follows from its seed, which is not the seed of the training.
 */
const seed = z.int().min(0).default(1);

/** Nothing is kept back: clusters of the latent and of the denoised matrix are compared with labels. */
const clusteringSchema = z.looseObject({ kind: z.literal('clustering') });

/**
 * Whole spots are kept back, and predicted from where they lie (SUICA, section 4.2). The test spots are the same for
 * every `trainShare`, as in the paper's Table 8.
 */
const spatialImputationSchema = z.object({
  kind: z.literal('spatial-imputation'),
  /** Share of all spots that is trained on. */
  trainShare: z.number().min(0.05).max(0.95).default(0.8),
  /** Share of all spots that is predicted and scored; at most what training leaves. */
  testShare: z.number().min(0.01).max(0.95).default(0.2),
  seed,
});

/** Entries of the scaled matrix become 0, each with this probability (SUICA, section 4.2: 70 %). */
const geneImputationSchema = z.object({
  kind: z.literal('gene-imputation'),
  mutedShare: z.number().min(0.01).max(0.99).default(0.7),
  seed,
});

/** Every entry of the scaled matrix gets a draw from N(0, sd²) on top (SUICA, section 4.2: a standard normal). */
const gaussianNoiseSchema = z.object({
  kind: z.literal('gaussian-noise'),
  sd: z.number().positive().max(100).default(1),
  seed,
});

/** Every molecule stays with this probability, as if the experiment had been sequenced less deeply. */
const thinningSchema = z.object({
  kind: z.literal('thinning'),
  keptShare: z.number().min(0.01).max(0.99).default(0.5),
  seed,
});

/**
 * Whole cells are kept back, and judged by how likely their counts are under the model (ZiPo, section II-H). A model
 * encodes a held-out cell from its own counts, as the paper's validation loss does; it was not trained on it.
 */
const likelihoodSchema = z.object({
  kind: z.literal('likelihood'),
  heldOutShare: z.number().min(0.01).max(0.5).default(0.1),
  seed,
});

export const protocolSchema = z.discriminatedUnion('kind', [
  clusteringSchema,
  spatialImputationSchema,
  geneImputationSchema,
  gaussianNoiseSchema,
  thinningSchema,
  likelihoodSchema,
]);
export type Protocol = z.infer<typeof protocolSchema>;
export type ProtocolKind = Protocol['kind'];

/** The protocol that a run was stored with; runs of other times and tools count as plain training. */
export function protocolOf(stored: Record<string, unknown>): Protocol {
  const parsed = protocolSchema.safeParse(stored);
  return parsed.success ? parsed.data : { kind: 'clustering' };
}

/** A protocol in a few words, for names of runs and heads of tables. */
export function describeProtocol(protocol: Protocol): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  switch (protocol.kind) {
    case 'clustering':
      return 'nothing held out';
    case 'spatial-imputation':
      return `spatial imputation, ${percent(protocol.trainShare)} of spots`;
    case 'gene-imputation':
      return `gene imputation, ${percent(protocol.mutedShare)} muted`;
    case 'gaussian-noise':
      return `denoising, N(0, ${protocol.sd === 1 ? 1 : `${protocol.sd}²`})`;
    case 'thinning':
      return `denoising, counts thinned to ${percent(protocol.keptShare)}`;
    case 'likelihood':
      return `likelihood, ${percent(protocol.heldOutShare)} of cells held out`;
  }
}
