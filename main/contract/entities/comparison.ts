import { z } from 'zod';

const sideSchema = z.object({
  /** 'cell_type', 'Leiden clusters of AE · seed 1 (latent)' */
  title: z.string(),
  names: z.array(z.string()),
  sizes: z.array(z.number()),
  colours: z.array(z.string()),
});

/** Two ways to group the same observations, against each other; empty groups are left out. */
export const crossTableSchema = z.object({
  left: sideSchema,
  /** In the order of the groups of the left side that they match best. */
  right: sideSchema,
  /** [left][right] observations */
  counts: z.array(z.array(z.number())),
  /** Group of the right side that each of the left is matched to, one to one; null where none is left. */
  matched: z.array(z.number().nullable()),
  /** Share of the observations in matched groups; null when none is counted. */
  matchedShare: z.number().nullable(),
  /** Adjusted Rand index and normalised mutual information of the two; null when none is counted. */
  ari: z.number().nullable(),
  nmi: z.number().nullable(),
  /** Observations that have no group on one of the sides. */
  missing: z.number(),
});
