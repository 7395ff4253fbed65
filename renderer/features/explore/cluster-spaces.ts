import { spaceTitle } from '../score/score-words.ts';

/** Spaces of a run in which clusters can be looked for, with the name of the space as the core knows it. */
export function clusterSpaces(hasLatent: boolean): { value: string; label: string }[] {
  const bases = hasLatent ? ['latent', 'denoised', 'data'] : ['denoised', 'data'];
  const pictures = ['umap-2d', 'tsne-2d', 'pca-2d', 'umap-3d', 'tsne-3d', 'pca-3d'];
  const names = [...bases, ...pictures.map((picture) => (hasLatent ? picture : `denoised-${picture}`))];
  return names.map((value) => ({ value, label: spaceTitle(value) }));
}

/** 'Leiden clusters', 'k-means clusters, UMAP 2-D': the latent goes without saying. */
export function clustersTitle({ method }: { method: 'leiden' | 'kmeans' }, space: string): string {
  const name = method === 'leiden' ? 'Leiden clusters' : 'k-means clusters';
  return space === 'latent' ? name : `${name}, ${spaceTitle(space)}`;
}
