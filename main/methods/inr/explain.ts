import type { Explanation } from '../explanation.ts';

const NEEDS = ['Positions of the spots (two or three dimensions).', 'Any expression values from 0.'];
const GIVES = [
  'Smoothed values of every gene and spot',
  'Predictions for held-out places',
  'A function of position: any gene on a finer grid',
];
const CHECK =
  'Hold out spots (Benchmark) and compare the squared error with the mean of the ten nearest: below it is a gain, above it is not.';

export const explainFfn: Explanation = {
  idea: 'Learns every gene as a smooth function of the place, built from waves of many directions and lengths.',
  how: [
    'A plain network sees only slow changes in two coordinates. So the position is first written as a few hundred sines and cosines of random directions; from them, a few layers make all genes at once.',
    'σ says how fine the waves are. Too coarse, and regions flow into each other; too fine, and the network learns the spots by heart and invents ripples between them. The recommended preset chooses σ by predicting spots that it has left out.',
  ],
  when: [
    'To fill places between spots of a dense section.',
    'As the simplest network of position, to compare SUICA with.',
  ],
  whenNot: ['For cells without positions.', 'For few, distant spots with the published σ = 10: it fails there.'],
  needs: NEEDS,
  cost: 'Grows with spots × genes × epochs in the last layer; the waves cost little.',
  gives: GIVES,
  check: CHECK,
  diagram: {
    alt: 'A position is written as waves, goes through layers of one width and comes out as genes, which are compared with those of the spot there.',
    columns: [
      [{ id: 'place', picture: 'tissue', label: 'Position', note: 'p' }],
      [{ id: 'waves', picture: 'waves', label: 'Random waves', note: 'sin, cos 2πBp' }],
      [{ id: 'layers', picture: 'layers', label: 'Layers' }],
      [{ id: 'out', picture: 'matrix', label: 'Genes there', note: 'x̂(p)' }],
      [{ id: 'in', picture: 'matrix', label: 'Measured genes', note: 'x' }],
    ],
    arrows: [
      { from: 'place', to: 'waves' },
      { from: 'waves', to: 'layers' },
      { from: 'layers', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'error' },
    ],
  },
  further: [],
};

export const explainSiren: Explanation = {
  idea: 'Learns every gene as a smooth function of the place, with layers that are sine waves themselves.',
  how: [
    'Each layer is a sine of a weighted sum of the layer before. Such a network can follow fine detail and is smooth everywhere, also in its slopes.',
    'ω says how fast the first layer waves, and with it how fine the detail may be. The recommended preset chooses it by predicting spots that it has left out.',
  ],
  when: ['To fill places where spots are few and far apart.', 'When maps shall be smooth to the eye.'],
  whenNot: ['For cells without positions.', 'For sharp borders between regions.'],
  needs: NEEDS,
  cost: 'Grows with spots × genes × epochs in the last layer.',
  gives: GIVES,
  check: CHECK,
  diagram: {
    alt: 'A position goes through several sine layers and comes out as genes, which are compared with those of the spot there.',
    columns: [
      [{ id: 'place', picture: 'tissue', label: 'Position', note: 'p' }],
      [{ id: 'first', picture: 'waves', label: 'First sine layer', note: 'sin(ω W p + b)' }],
      [{ id: 'second', picture: 'waves', label: 'Further sine layers' }],
      [{ id: 'out', picture: 'matrix', label: 'Genes there', note: 'x̂(p)' }],
      [{ id: 'in', picture: 'matrix', label: 'Measured genes', note: 'x' }],
    ],
    arrows: [
      { from: 'place', to: 'first' },
      { from: 'first', to: 'second' },
      { from: 'second', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'error' },
    ],
  },
  further: [],
};

export const explainNgp: Explanation = {
  idea: 'Lays grids from coarse to fine over the tissue and learns a few numbers at every grid point.',
  how: [
    'For a position, each grid is read at its four corners around it (eight in three dimensions) and blended between them. The numbers of all grids together go through a small network that makes the genes.',
    'Fine grids would have more points than memory, so points share places in a table (a hash). The grids do the remembering, so the network can be small and quick.',
  ],
  when: ['For dense sections with tens of thousands of spots, when time matters.'],
  whenNot: [
    'For cells without positions.',
    'For few spots: grid points between them were never trained, and answer with noise.',
  ],
  needs: NEEDS,
  cost: 'The quickest of the networks of position: only the grid points around the batch change in a step.',
  gives: GIVES,
  check: CHECK,
  diagram: {
    alt: 'A position is looked up in grids from coarse to fine; the numbers found go through a small network and come out as genes.',
    columns: [
      [{ id: 'place', picture: 'tissue', label: 'Position', note: 'p' }],
      [{ id: 'grids', picture: 'grids', label: '16 grids', note: 'coarse to fine' }],
      [{ id: 'found', picture: 'latent', label: 'Numbers found there', note: '2 a grid' }],
      [{ id: 'layers', picture: 'layers', label: 'Small network', note: '64 · 64' }],
      [{ id: 'out', picture: 'matrix', label: 'Genes there', note: 'x̂(p)' }],
      [{ id: 'in', picture: 'matrix', label: 'Measured genes', note: 'x' }],
    ],
    arrows: [
      { from: 'place', to: 'grids' },
      { from: 'grids', to: 'found' },
      { from: 'found', to: 'layers' },
      { from: 'layers', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'error' },
    ],
  },
  further: [],
};

export const explainInrPca: Explanation = {
  idea: 'Learns the main directions in which spots differ as functions of the place, and turns them back into genes.',
  how: [
    'Principal components sum each spot up in some thirty numbers. A network learns those numbers as a function of the position, and the components turn its answer into genes.',
    'The network has thirty outputs in place of thousands, so it is quick; what the components do not hold is lost from the start.',
  ],
  when: ['As the simplest network of position through a summary.', 'For a quick map of broad regions.'],
  whenNot: ['For cells without positions.', 'For rare genes: the first components hardly know them.'],
  needs: NEEDS,
  cost: 'Low: the network never touches the genes, only the components do.',
  gives: ['Latent per spot', ...GIVES],
  check: CHECK,
  diagram: {
    alt: 'Genes of the spots are summed up by principal components; a network of position learns the components, which are turned back into genes.',
    columns: [
      [
        { id: 'spots', picture: 'matrix', label: 'Genes of the spots', note: 'x' },
        { id: 'place', picture: 'tissue', label: 'Any position', note: 'p' },
      ],
      [
        { id: 'axes', picture: 'axes', label: 'Widest directions', note: 'V' },
        { id: 'waves', picture: 'waves', label: 'Waves or sines' },
      ],
      [
        { id: 'components', picture: 'latent', label: 'Components', note: 'z' },
        { id: 'layers', picture: 'layers', label: 'Network of position' },
      ],
      [{ id: 'predicted', picture: 'latent', label: 'Predicted components', note: 'ẑ(p)' }],
      [{ id: 'out', picture: 'matrix', label: 'Genes there', note: 'ẑ(p) Vᵀ' }],
    ],
    arrows: [
      { from: 'spots', to: 'axes' },
      { from: 'axes', to: 'components' },
      { from: 'place', to: 'waves' },
      { from: 'waves', to: 'layers' },
      { from: 'layers', to: 'predicted' },
      { from: 'predicted', to: 'components', kind: 'compares', label: 'error' },
      { from: 'predicted', to: 'out' },
    ],
  },
  further: [],
};

export const explainInrVae: Explanation = {
  idea: 'Sums every spot up by a variational autoencoder, learns the summary as a function of the place and turns it back into genes.',
  how: [
    'The autoencoder sees the genes of one spot at a time and gives it a few numbers. A second network learns those numbers from the position alone; the decoder of the first makes genes of its answer.',
    'It is SUICA without the neighbours: what differs between the two tells what the neighbours are worth on your tissue.',
  ],
  when: ['Beside SUICA, to see whether its graph helps.', 'When the spots are deep enough to stand for themselves.'],
  whenNot: ['For cells without positions.', 'For spots with few counts: each is summed up alone, noise and all.'],
  needs: NEEDS,
  cost: 'Two trainings after each other; the autoencoder is the larger one.',
  gives: ['Latent per spot', ...GIVES],
  check: CHECK,
  diagram: {
    alt: 'Genes of a spot go through an encoder to a latent; a network of position learns that latent, and the decoder turns its answer into genes.',
    columns: [
      [
        { id: 'spots', picture: 'matrix', label: 'Genes of the spots', note: 'x' },
        { id: 'place', picture: 'tissue', label: 'Any position', note: 'p' },
      ],
      [
        { id: 'encoder', picture: 'encoder', label: 'Encoder' },
        { id: 'waves', picture: 'waves', label: 'Waves or sines' },
      ],
      [
        { id: 'latent', picture: 'cloud', label: 'Latent', note: 'μ, σ' },
        { id: 'layers', picture: 'layers', label: 'Network of position' },
      ],
      [{ id: 'predicted', picture: 'latent', label: 'Predicted latent', note: 'ẑ(p)' }],
      [{ id: 'decoder', picture: 'decoder', label: 'Decoder' }],
      [{ id: 'out', picture: 'matrix', label: 'Genes there', note: 'x̂(p)' }],
    ],
    arrows: [
      { from: 'spots', to: 'encoder' },
      { from: 'encoder', to: 'latent' },
      { from: 'place', to: 'waves' },
      { from: 'waves', to: 'layers' },
      { from: 'layers', to: 'predicted' },
      { from: 'predicted', to: 'latent', kind: 'compares', label: 'error' },
      { from: 'predicted', to: 'decoder' },
      { from: 'decoder', to: 'out' },
    ],
  },
  further: [],
};
