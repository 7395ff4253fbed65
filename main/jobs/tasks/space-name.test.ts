import { expect, test } from 'vitest';
import { parseSpace } from './space-name.ts';

test.each([
  ['latent', 'latent', null],
  ['denoised', 'denoised', null],
  ['tsne-2d', 'latent', { method: 'tsne', nDim: 2 }],
  ['umap-3d', 'latent', { method: 'umap', nDim: 3 }],
  ['denoised-pca-2d', 'denoised', { method: 'pca', nDim: 2 }],
  ['data-umap-2d', 'data', { method: 'umap', nDim: 2 }],
] as const)('%s', (name, base, picture) => {
  expect(parseSpace(name)).toEqual({ name, base, picture });
});

test('a picture of the latent has one name', () => {
  expect(parseSpace('latent-umap-2d').name).toBe('umap-2d');
});

test.each(['', 'tsne', 'tsne-4d', 'nonsense-tsne-2d', 'latent-latent'])('"%s" is not a space', (name) => {
  expect(() => parseSpace(name)).toThrow(/is not a space/);
});
