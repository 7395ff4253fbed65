import type { Explanation } from '../explanation.ts';

export const explainZipo: Explanation = {
  idea: 'Predicts for every gene of every cell how strongly it is expressed and how likely its count was lost, so that a zero can be read as "off" or as "missed".',
  how: [
    'An encoder with shortcuts from every layer to the latent sums a cell up. From the latent, two plain layers say the rate of expression of each gene and the probability that its count dropped out; a small network says the library size of the cell. Known covariates (batch, donor …) can be told to these, so that the latent need not hold them.',
    'Together these make a zero-inflated Poisson distribution (or, on request, a zero-inflated negative binomial) for each entry, and the loss is how badly the measured counts fit it. Penalties keep the weights of the first layer small; those below a threshold are set to zero, so that a list remains of the genes that feed the latent.',
  ],
  when: [
    'For counts with many zeros, when you ask "is this gene off in these cells, or was it missed?".',
    'To see which genes carry the structure: the first layer is sparse.',
    'To compare rates between cells apart from their sequencing depth.',
  ],
  whenNot: [
    'For normalised, logarithmic or corrected values: it refuses them, as its likelihood is that of counts.',
    'For a quick look: the deep encoder takes longer than an autoencoder.',
  ],
  needs: ['Raw counts (whole numbers from 0).'],
  cost: 'Like an autoencoder with its whole output layer two or three times (rate, dropout, dispersion). The paper’s encoder of 2048 units is by far the largest part.',
  gives: [
    'Latent',
    'Denoised counts, with and without the library size',
    'Denoised values as if all cells were alike in the covariates, where some were told',
    'Dropout probability of every entry',
    'Predicted library size of each cell',
    'Gene importance from the sparse first layer',
  ],
  check:
    'Compare its held-out likelihood per entry with the gene-wise floor and with DCA. A zero-inflated model always finds some dropout: where a plain negative binomial fits as well, do not read much into single probabilities.',
  diagram: {
    alt: 'Counts go through an encoder with shortcuts to the latent; from it linear heads give rates and dropout probabilities, and a small network the library size; together they are the distribution that the counts are compared with.',
    columns: [
      [{ id: 'in', picture: 'counts', label: 'Counts', note: 'x' }],
      [{ id: 'encoder', picture: 'encoder', label: 'Encoder, shortcuts', note: 'first layer sparse' }],
      [{ id: 'latent', picture: 'latent', label: 'Latent', note: 'z, covariates' }],
      [
        { id: 'rate', picture: 'matrix', label: 'Rate of each gene', note: 'softmax' },
        { id: 'dropout', picture: 'zeros', label: 'Dropout probability', note: 'π' },
        { id: 'library', picture: 'layers', label: 'Library size', note: 'ℓ, network 16 · 4' },
      ],
      [{ id: 'out', picture: 'counts', label: 'Zero-inflated Poisson', note: 'π, ℓ · rate' }],
    ],
    arrows: [
      { from: 'in', to: 'encoder' },
      { from: 'encoder', to: 'latent' },
      { from: 'latent', to: 'rate' },
      { from: 'latent', to: 'dropout' },
      { from: 'latent', to: 'library' },
      { from: 'rate', to: 'out' },
      { from: 'dropout', to: 'out' },
      { from: 'library', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'likelihood' },
    ],
  },
  further: [
    {
      title: 'Zero-Inflated Poisson Regression, with an Application to Defects in Manufacturing',
      authors: 'Lambert, D.',
      year: 1992,
      venue: 'Technometrics 34(1), 1–14',
      doi: '10.2307/1269547',
    },
  ],
};
