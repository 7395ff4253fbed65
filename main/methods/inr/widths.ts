import { z } from 'zod';

/** Widths of hidden layers as people write them: `128-128`. */
export const widthsField = z
  .string()
  .regex(/^\d{1,5}(-\d{1,5}){0,7}$/, 'expected widths joined by hyphens, such as 128-128');
