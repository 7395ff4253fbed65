import type { Explanation } from '../explanation.ts';

export const explainSuica: Explanation = {
  idea: 'Learns a tissue as one continuous picture: first what each spot is, then how that changes from place to place.',
  how: [
    'A graph autoencoder sums each spot up together with its neighbours in a few numbers. A second network learns those numbers as a function of the position, so that it can be asked anywhere. The decoder of the first turns its answer back into genes.',
    'At last the decoder is trained a little more on what the network of position says, with a term that asks of each gene "is it on here at all?", since most entries are zero.',
  ],
  when: [
    'To fill missing or damaged spots, and to draw genes between the spots.',
    'For sections with many genes and few counts per spot: neighbours help each other.',
  ],
  whenNot: [
    'For cells without positions.',
    'For sharp borders or single scattered cells: what is smaller than the distance between spots is smoothed away.',
    'Without the floor beside it: the mean of ten neighbours is hard to beat on dense sections.',
  ],
  needs: ['Positions of the spots (two or three dimensions).', 'Expression as counts or values from 0.'],
  cost: 'Three trainings after each other: autoencoder, network of position, decoder. The first and the last grow with spots × genes; the second hardly with genes at all.',
  gives: [
    'Latent per spot',
    'Denoised values of every gene and spot',
    'Predictions for held-out places',
    'A function of position: any gene on a finer grid',
  ],
  check:
    'Hold out spots (Benchmark) and compare the squared error with the mean of the ten nearest: below it is a gain, above it is not.',
  diagram: {
    alt: 'Above, spots with their neighbours go through a graph encoder to an embedding. Below, positions go through waves and layers to a predicted embedding. A decoder turns it into genes.',
    columns: [
      [
        { id: 'spots', picture: 'tissue', label: 'Spots with genes', note: 'x' },
        { id: 'place', picture: 'tissue', label: 'Any position', note: 'p' },
      ],
      [
        { id: 'graph', picture: 'graph', label: 'Neighbours', note: '5 nearest' },
        { id: 'waves', picture: 'waves', label: 'Waves or sines', note: 'γ(p)' },
      ],
      [
        { id: 'encoder', picture: 'encoder', label: 'Graph encoder' },
        { id: 'layers', picture: 'layers', label: 'Network of position' },
      ],
      [
        { id: 'embedding', picture: 'latent', label: 'Embedding', note: 'z' },
        { id: 'predicted', picture: 'latent', label: 'Predicted embedding', note: 'ẑ(p)' },
      ],
      [{ id: 'decoder', picture: 'decoder', label: 'Decoder' }],
      [{ id: 'out', picture: 'matrix', label: 'Genes there', note: 'x̂(p)' }],
    ],
    arrows: [
      { from: 'spots', to: 'graph' },
      { from: 'graph', to: 'encoder' },
      { from: 'encoder', to: 'embedding' },
      { from: 'place', to: 'waves' },
      { from: 'waves', to: 'layers' },
      { from: 'layers', to: 'predicted' },
      { from: 'predicted', to: 'embedding', kind: 'compares', label: 'error' },
      { from: 'embedding', to: 'decoder' },
      { from: 'predicted', to: 'decoder' },
      { from: 'decoder', to: 'out' },
    ],
  },
  further: [],
};
