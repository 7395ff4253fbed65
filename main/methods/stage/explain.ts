import type { Explanation } from '../explanation.ts';

export const explainStage: Explanation = {
  idea: 'An autoencoder whose summary of a spot has to be the spot’s own position, so that its decoder makes the expression of any place.',
  how: [
    'The encoder reads the genes of a spot and answers with two numbers. The loss asks that these be the coordinates of the spot, and that all spots together be spread like the measured ones (a sliced Wasserstein distance). The decoder makes genes of coordinates.',
    'After training the encoder is no longer needed: the decoder is asked at new positions.',
  ],
  when: [
    'To make a section denser without an image of the tissue.',
    'As the established method that others are compared with.',
  ],
  whenNot: [
    'For cells without positions.',
    'When regions repeat: the same tissue at two places has to become two different codes.',
  ],
  needs: ['Positions of the spots (two or three dimensions).', 'Any expression values from 0.'],
  cost: 'Like an autoencoder with 1000–500–50–10 units, with many epochs; the distance sorts all spots of a batch along many directions.',
  gives: [
    'Positions that the encoder finds (as latent)',
    'Smoothed values of every gene and spot',
    'Predictions for held-out places',
  ],
  check:
    'The latent must look like the tissue. Hold out spots (Benchmark) and compare the squared error with the mean of the ten nearest.',
  diagram: {
    alt: 'Genes of a spot go through an encoder to a position, which is compared with the measured one, and from a position through a decoder back to genes.',
    columns: [
      [{ id: 'in', picture: 'matrix', label: 'Genes of a spot', note: 'x' }],
      [{ id: 'encoder', picture: 'encoder', label: 'Encoder', note: '1000 · 500 · 50 · 10' }],
      [
        { id: 'code', picture: 'tissue', label: 'Found position', note: 'p̂' },
        { id: 'place', picture: 'tissue', label: 'True position', note: 'p' },
      ],
      [{ id: 'decoder', picture: 'decoder', label: 'Decoder', note: '10 · 50 · 500 · 1000' }],
      [{ id: 'out', picture: 'matrix', label: 'Genes there', note: 'x̂(p)' }],
    ],
    arrows: [
      { from: 'in', to: 'encoder' },
      { from: 'encoder', to: 'code' },
      { from: 'code', to: 'place', kind: 'compares', label: 'distance' },
      { from: 'code', to: 'decoder' },
      { from: 'place', to: 'decoder' },
      { from: 'decoder', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'squared error' },
    ],
  },
  further: [],
};
