import type { DenoisedModel } from '../method.ts';

/** Link functions of a factored model, from the linear layer's output to the expression scale. */
export type Link = Extract<DenoisedModel, { kind: 'factored' }>['link'];

/** Applies a link in place. */
export function applyLink(values: Float32Array, link: Link): void {
  switch (link) {
    case 'identity':
      return;
    case 'relu':
      for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
      return;
    case 'softplus':
      // log(1 + eˣ) without overflow for large x.
      for (let i = 0; i < values.length; i++)
        values[i] = Math.max(values[i], 0) + Math.log1p(Math.exp(-Math.abs(values[i])));
      return;
    case 'exp':
      for (let i = 0; i < values.length; i++) values[i] = Math.exp(values[i]);
  }
}
