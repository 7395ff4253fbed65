import { z } from 'zod';

/**
 * What a count model says of a gene besides its denoised values:
 * `rate`: the denoised values with the library size taken out, as in a cell of median size;
 * `dropout`: the probability that the count was lost;
 * `dropout-posterior`: for zeros, the probability that it is one that was lost (else the gene is off or was not drawn);
 * `dispersion`: θ of the negative binomial, where it differs between cells;
 * `corrected`: the denoised values as if all cells were alike in the known covariates.
 */
export const countValuesSchema = z.enum(['rate', 'dropout', 'dropout-posterior', 'dispersion', 'corrected']);
export type CountValues = z.infer<typeof countValuesSchema>;
