import type { Explanation } from '../explanation.ts';

export const explainAutoencoder: Explanation = {
  idea: 'Squeezes the expression of a cell through a narrow passage and rebuilds it on the other side; what gets through is what matters.',
  how: [
    'The encoder is a stack of layers, each with fewer numbers than the last. It turns the thousands of genes of a cell into a handful of numbers, the latent. The decoder goes the other way and rebuilds every gene from the latent.',
    'Both are trained together until the rebuilt values come close to the measured ones. Noise of a single cell does not fit through the passage, patterns that many cells share do. So the latent places similar cells side by side, and the rebuilt values are a denoised version of the data.',
  ],
  when: [
    'As the first network on a new dataset: it is quick and has few settings.',
    'To find cell types: cluster the latent, or look at it as UMAP or t-SNE.',
    'To see gene patterns without the speckle of single cells.',
  ],
  whenNot: [
    'To tell dropouts from genes that are off: it knows nothing of counting. Use ZiPo or DCA.',
    'To fill places without a spot: it needs the expression of every spot. Use SUICA or a network of position.',
  ],
  needs: ['Any expression matrix. Counts are normalised on the way in, as the preset says.'],
  cost: 'Grows with cells × genes × epochs. The first and the last layer do most of the work, so variable genes make it faster in proportion.',
  gives: ['Latent (a few numbers per cell)', 'Denoised values of every gene', 'Loss by epoch'],
  check:
    'Compare its scores with PCA in the Score table. A reconstruction loss that still falls on training cells while it rises on held-out cells means that it learns by heart: stop earlier.',
  diagram: {
    alt: 'Genes of a cell go through a narrowing encoder into the latent, and through a widening decoder back to genes, which are compared with the measured ones.',
    columns: [
      [{ id: 'in', picture: 'matrix', label: 'Measured genes', note: 'x' }],
      [{ id: 'encoder', picture: 'encoder', label: 'Encoder', note: '128 · 32 · 16' }],
      [{ id: 'latent', picture: 'latent', label: 'Latent', note: 'z, 6 numbers' }],
      [{ id: 'decoder', picture: 'decoder', label: 'Decoder', note: '16 · 32 · 128' }],
      [{ id: 'out', picture: 'matrix', label: 'Rebuilt genes', note: 'x̂' }],
    ],
    arrows: [
      { from: 'in', to: 'encoder' },
      { from: 'encoder', to: 'latent' },
      { from: 'latent', to: 'decoder' },
      { from: 'decoder', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'squared error' },
    ],
  },
  further: [
    {
      title: 'Reducing the dimensionality of data with neural networks',
      authors: 'Hinton, G. E.; Salakhutdinov, R. R.',
      year: 2006,
      venue: 'Science 313(5786), 504–507',
      doi: '10.1126/science.1127647',
    },
  ],
};
