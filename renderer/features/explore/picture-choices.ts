import { isTissue } from '../../../main/contract/words/tissue-names.ts';

/** What a pane shows. */
export type Picture =
  | { kind: 'umap' | 'tsne' | 'pca'; nDim: 2 | 3 }
  | { kind: 'place'; obsm: string }
  | { kind: 'violin' }
  | { kind: 'dots' };

/** The space of a run that is pictured. */
export type Space = 'latent' | 'denoised' | 'data';

export const SPACES: readonly { value: Space; label: string }[] = [
  { value: 'latent', label: 'latent' },
  { value: 'denoised', label: 'denoised' },
  { value: 'data', label: 'data' },
];

/** One line of the menu of pictures. */
export interface PictureChoice {
  id: string;
  label: string;
  picture: Picture;
}

const EMBEDDINGS: readonly PictureChoice[] = [
  { id: 'umap-2', label: 'UMAP', picture: { kind: 'umap', nDim: 2 } },
  { id: 'tsne-2', label: 't-SNE', picture: { kind: 'tsne', nDim: 2 } },
  { id: 'pca-2', label: 'PCA', picture: { kind: 'pca', nDim: 2 } },
  { id: 'umap-3', label: 'UMAP, 3-D', picture: { kind: 'umap', nDim: 3 } },
  { id: 'tsne-3', label: 't-SNE, 3-D', picture: { kind: 'tsne', nDim: 3 } },
  { id: 'pca-3', label: 'PCA, 3-D', picture: { kind: 'pca', nDim: 3 } },
];

/** Pictures that there are for a dataset: those made of a run, its own coordinates, and charts of genes. */
export function pictureChoices(obsm: readonly { name: string; nDim: number }[], hasRun: boolean): PictureChoice[] {
  const places = obsm
    .filter(({ nDim }) => nDim >= 2)
    .map(({ name }): PictureChoice => ({
      id: `place-${name}`,
      label: placeTitle(name),
      picture: { kind: 'place', obsm: name },
    }));
  return [
    ...(hasRun ? EMBEDDINGS : []),
    ...places,
    { id: 'violin', label: 'Violin plot', picture: { kind: 'violin' } },
    { id: 'dots', label: 'Dot plot', picture: { kind: 'dots' } },
  ];
}

/** 'spatial' → 'Tissue', 'X_umap' → 'umap (from the file)'. */
export function placeTitle(name: string): string {
  return isTissue(name) ? 'Tissue' : `${name.replace(/^X_/, '')} (from the file)`;
}

/** The id under which a picture stands in the menu. */
export function pictureId(picture: Picture): string {
  if (picture.kind === 'place') return `place-${picture.obsm}`;
  return picture.kind === 'violin' || picture.kind === 'dots' ? picture.kind : `${picture.kind}-${picture.nDim}`;
}

/** Names of the axes of a picture. */
export function axisNames(picture: Picture): string[] {
  const names = { umap: 'UMAP', tsne: 't-SNE', pca: 'PC' };
  if (picture.kind === 'place') return isTissue(picture.obsm) ? [] : ['1', '2'];
  if (picture.kind === 'violin' || picture.kind === 'dots' || picture.nDim === 3) return [];
  return [1, 2].map((axis) => `${names[picture.kind]} ${axis}`);
}
