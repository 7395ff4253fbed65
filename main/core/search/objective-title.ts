import type { Method } from '../../methods/method.ts';
import type { SearchSpec } from '../../search/search-spec.ts';

/** What the trials of a search are judged by, in words. */
export function objectiveTitle(method: Pick<Method, 'heldOut'>, { objective }: Pick<SearchSpec, 'objective'>): string {
  if (objective.kind === 'held-out') return method.heldOut?.title ?? 'Held-out loss';
  const name = objective.kind === 'ari' ? 'Adjusted Rand index' : 'Normalised mutual information';
  const space = objective.space === 'latent' ? 'the latent space' : 'the denoised values';
  return `${name} of k-means clusters of ${space}${objective.labels === undefined ? '' : ` with ${objective.labels}`}`;
}
