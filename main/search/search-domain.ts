import { z } from 'zod';

const rangeSchema = z
  .strictObject({
    low: z.number(),
    high: z.number(),
    /** Equal ratios are equally likely, as suits rates and penalties. */
    log: z.boolean().default(false),
    /** Distance of the values that can be chosen, counted from `low`; left out: any (whole ones for whole settings). */
    step: z.number().positive().optional(),
  })
  .refine(({ low, high }) => low < high, 'the lower end must lie below the upper one')
  .refine(({ low, log }) => !log || low > 0, 'a logarithmic range begins above 0');

/** What a search may try for one setting: a range of numbers, or a list. */
export const searchDomainSchema = z.union([
  z.strictObject({ choices: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }),
  rangeSchema,
]);
export type SearchDomain = z.infer<typeof searchDomainSchema>;
export type NumberRange = z.infer<typeof rangeSchema>;
/** As it is written: in the `meta` of a setting, in a file. */
export type SearchDomainInput = z.input<typeof searchDomainSchema>;

/** The value of one setting in one trial. */
export const searchValueSchema = z.union([z.string(), z.number(), z.boolean()]);
export type SearchValue = z.infer<typeof searchValueSchema>;

/** By the key of the setting. */
export type SearchSpace = Record<string, SearchDomain>;

/** Whether a value could have been proposed; a preset may lie outside of what is searched. */
export function isIn(domain: SearchDomain, value: unknown): boolean {
  if ('choices' in domain) return domain.choices.includes(value as SearchValue);
  return typeof value === 'number' && value >= domain.low && value <= domain.high;
}
