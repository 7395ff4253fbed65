import { z } from 'zod';

const groupName = z.string().trim().min(1).max(120);
const colour = z.string().regex(/^#[0-9a-f]{6}$/);
const positions = z.array(z.int().min(0));

/** One change of an annotation. */
export const annotationEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename'), group: z.string(), name: groupName }),
  /** The merged group takes the place and the colour of the largest. */
  z.object({ kind: z.literal('merge'), groups: z.array(z.string()).min(2), name: groupName }),
  z.object({ kind: z.literal('colour'), group: z.string(), colour }),
  /** `obs`: positions in the dataset; group null takes them out of all groups. A new name makes a new group. */
  z.object({ kind: z.literal('assign'), obs: positions.min(1), group: groupName.nullable() }),
]);
export type AnnotationEdit = z.infer<typeof annotationEditSchema>;

/** A state of an annotation, with the one before it, to go back to. */
export const annotationStateSchema = z.object({
  /** For `annotations.restore`. */
  revision: z.number(),
  /** Null when the column was made by this change. */
  before: z.number().nullable(),
  column: z.string(),
  /** What it was begun from; '' for nothing. */
  origin: z.string(),
  change: z.string(),
  categories: z.array(z.string()),
  colours: z.array(z.string()),
});
