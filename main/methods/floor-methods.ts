import { methods } from './registry.ts';

/**
 * Ids of the methods that every other one has to beat: the floors of imputation and of likelihood, and PCA, the floor of
 * clustering.
 * Tables set them apart and mark what does not beat them.
 */
export const floorMethods: ReadonlySet<string> = new Set([
  ...methods.filter((method) => method.question === 'floor').map((method) => method.id),
  'pca',
]);
