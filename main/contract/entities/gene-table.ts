import { z } from 'zod';

/** Which part of the genes of a run is asked for. */
export const geneTableRequestSchema = z.object({
  sort: z.enum(['weight', 'neurons', 'dispersion', 'name']).default('weight'),
  descending: z.boolean().default(true),
  /** Part of a gene name. */
  query: z.string().default(''),
  offset: z.int().min(0).default(0),
  limit: z.int().min(0).max(1000).default(100),
  /** The whole table as text, too. */
  csv: z.boolean().default(false),
});

/** What a count model says of each gene regardless of the cell. */
export const geneTableSchema = z.object({
  nGenes: z.number(),
  nFound: z.number(),
  /** Genes with a weight above δ; null where nothing was pruned. */
  nFeeding: z.number().nullable(),
  /** Share of the first layer's weights that are 0. */
  sparsity: z.number().nullable(),
  /** Weight by rank, ranks spread evenly in logarithms. */
  curve: z.array(z.tuple([z.number(), z.number()])).nullable(),
  rows: z.array(
    z.object({
      /** Position in the dataset. */
      gene: z.number(),
      name: z.string(),
      /** Sum over the neurons of the first layer of |weight| / largest |weight| of the neuron. */
      weight: z.number().nullable(),
      /** Neurons that the gene feeds. */
      neurons: z.number().nullable(),
      /** θ of its negative binomial. */
      dispersion: z.number().nullable(),
    }),
  ),
  csv: z.string().nullable(),
});
