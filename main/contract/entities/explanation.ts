import { z } from 'zod';

/** A paper as a reader would look it up. */
export const citationSchema = z.object({
  title: z.string(),
  authors: z.string(),
  year: z.number(),
  venue: z.string(),
  doi: z.string().optional(),
});

const diagramNodeSchema = z.object({
  id: z.string(),
  /** Which small drawing stands for it. */
  picture: z.enum([
    'matrix',
    'tissue',
    'encoder',
    'decoder',
    'layers',
    'latent',
    'cloud',
    'sparse',
    'graph',
    'waves',
    'grids',
    'axes',
    'counts',
    'zeros',
    'mean',
    'number',
  ]),
  label: z.string(),
  note: z.string().optional(),
});

/** An architecture as boxes in columns from left to right. */
export const diagramSchema = z.object({
  /** The picture in one sentence. */
  alt: z.string(),
  columns: z.array(z.array(diagramNodeSchema)),
  arrows: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      kind: z.enum(['computes', 'compares']).optional(),
      label: z.string().optional(),
    }),
  ),
});
export type Diagram = z.infer<typeof diagramSchema>;

/** A method in plain words. */
export const explanationSchema = z.object({
  idea: z.string(),
  how: z.array(z.string()),
  when: z.array(z.string()),
  whenNot: z.array(z.string()),
  needs: z.array(z.string()),
  cost: z.string(),
  gives: z.array(z.string()),
  check: z.string(),
  diagram: diagramSchema,
  further: z.array(citationSchema),
});
