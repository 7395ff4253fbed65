import type { Explanation } from '../explanation.ts';

export const explainVae: Explanation = {
  idea: 'An autoencoder that gives each cell a small cloud in place of a point, so that the space between cells means something, too.',
  how: [
    'The encoder answers with two things for each latent number: where the cell lies (μ) and how sure it is (σ). A point is drawn from that cloud, and the decoder rebuilds the genes from it.',
    'A second term of the loss, the Kullback–Leibler divergence, pulls every cloud towards one common bell shape around zero. β says how hard it pulls: with 1 it is the plain variational autoencoder, larger values give smoother and simpler spaces, smaller ones sharper reconstructions.',
  ],
  when: [
    'For gradual change: differentiation, activation, gradients in a tissue.',
    'When latent numbers shall be comparable, or new cells shall be made by walking between known ones.',
  ],
  whenNot: [
    'For the sharpest possible reconstruction: the pull costs detail. Use the autoencoder.',
    'On raw, unscaled counts: a few large values give unstable gradients. Normalise, or use a count model.',
  ],
  needs: ['Any expression matrix; scaled or log-transformed values, as its presets set them.'],
  cost: 'Like the autoencoder with a little more: the latent layer is there twice, as mean and as spread.',
  gives: ['Latent (the means of the clouds)', 'Denoised values of every gene', 'Reconstruction and KL by epoch'],
  check:
    'Look at the KL curve: if it sinks to zero, the latent has collapsed and says nothing (lower β, or warm it up). Clusters must score above PCA.',
  diagram: {
    alt: 'Genes go through an encoder to a mean and a spread per latent number; a point drawn from that cloud goes through the decoder back to genes. The cloud is compared with a standard normal distribution, the rebuilt genes with the measured ones.',
    columns: [
      [{ id: 'in', picture: 'matrix', label: 'Measured genes', note: 'x' }],
      [{ id: 'encoder', picture: 'encoder', label: 'Encoder' }],
      [
        { id: 'cloud', picture: 'cloud', label: 'Position and doubt', note: 'μ, σ' },
        { id: 'prior', picture: 'counts', label: 'Common bell shape', note: 'N(0, 1)' },
      ],
      [{ id: 'latent', picture: 'latent', label: 'A drawn point', note: 'z = μ + σ ε' }],
      [{ id: 'decoder', picture: 'decoder', label: 'Decoder' }],
      [{ id: 'out', picture: 'matrix', label: 'Rebuilt genes', note: 'x̂' }],
    ],
    arrows: [
      { from: 'in', to: 'encoder' },
      { from: 'encoder', to: 'cloud' },
      { from: 'cloud', to: 'latent' },
      { from: 'latent', to: 'decoder' },
      { from: 'decoder', to: 'out' },
      { from: 'cloud', to: 'prior', kind: 'compares', label: 'β · KL' },
      { from: 'out', to: 'in', kind: 'compares', label: 'squared error' },
    ],
  },
  further: [
    {
      title: 'Auto-Encoding Variational Bayes',
      authors: 'Kingma, D. P.; Welling, M.',
      year: 2014,
      venue: 'International Conference on Learning Representations',
      doi: '10.48550/arXiv.1312.6114',
    },
    {
      title: 'beta-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework',
      authors: 'Higgins, I.; Matthey, L.; Pal, A.; Burgess, C.; Glorot, X.; Botvinick, M.; Mohamed, S.; Lerchner, A.',
      year: 2017,
      venue: 'International Conference on Learning Representations',
    },
  ],
};
