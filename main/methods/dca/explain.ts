import type { Explanation } from '../explanation.ts';

export const explainDca: Explanation = {
  idea: 'An autoencoder that predicts the distribution of each count, its mean and its spread, in place of one value.',
  how: [
    'Counts are scaled by the size of each library, made logarithmic and put on one scale per gene. They pass through a narrow network (64–32–64 units) whose outputs are, for every gene of the cell, the mean and the dispersion of a negative binomial distribution; with zero inflation also a probability of dropout.',
    'The loss is how badly the raw counts fit those distributions. The denoised value is the mean: what would have been counted on average, had the cell been sequenced again and again.',
  ],
  when: [
    'To denoise UMI counts before plots of genes, correlations of genes or marker search.',
    'As the sober choice among count models: a negative binomial fits most droplet data without zero inflation.',
  ],
  whenNot: [
    'For values that are no counts any more: it refuses them.',
    'To draw statistical conclusions from denoised values: they are smooth, and tests on them find too much.',
  ],
  needs: ['Raw counts (whole numbers from 0).'],
  cost: 'Like an autoencoder with its output layer twice (three times with zero inflation). Batches are small, so that an epoch takes many steps.',
  gives: ['Latent (the narrowest layer)', 'Denoised counts', 'Dispersion, and dropout probability where asked for'],
  check:
    'Compare its held-out likelihood per entry with the gene-wise floor. Marker genes must stay confined to their cell types after denoising.',
  diagram: {
    alt: 'Scaled counts go through a narrow network whose heads give mean, dispersion and optionally dropout of each gene; the raw counts are compared with that distribution.',
    columns: [
      [{ id: 'in', picture: 'counts', label: 'Counts', note: 'x' }],
      [{ id: 'encoder', picture: 'encoder', label: 'Encoder', note: '64' }],
      [{ id: 'latent', picture: 'latent', label: 'Latent', note: '32 numbers' }],
      [{ id: 'decoder', picture: 'decoder', label: 'Decoder', note: '64' }],
      [
        { id: 'mean', picture: 'matrix', label: 'Mean', note: 'μ' },
        { id: 'spread', picture: 'cloud', label: 'Dispersion', note: 'θ' },
      ],
      [{ id: 'out', picture: 'counts', label: 'Negative binomial', note: 'NB(μ, θ)' }],
    ],
    arrows: [
      { from: 'in', to: 'encoder' },
      { from: 'encoder', to: 'latent' },
      { from: 'latent', to: 'decoder' },
      { from: 'decoder', to: 'mean' },
      { from: 'decoder', to: 'spread' },
      { from: 'mean', to: 'out' },
      { from: 'spread', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'likelihood' },
    ],
  },
  further: [],
};
