import type { Explanation } from '../explanation.ts';

export const explainPca: Explanation = {
  idea: 'Finds the directions in which cells differ most, and describes each cell by how far it lies along them.',
  how: [
    'Each principal component is a weighted sum of genes, chosen so that the cells spread along it as widely as possible while it is at right angles to those before. A few dozen keep most of what cells have in common; the rest is mostly noise.',
    'There is nothing to train and no chance in the result: the same data give the same components. They are worked out on the sparse matrix by random projections that are then refined until they are exact to the digits shown.',
  ],
  when: [
    'Always, beside any network: it is the floor that a latent has to beat.',
    'For a first picture of a dataset within seconds.',
  ],
  whenNot: [
    'For structure that is bent: a path that curves takes several components.',
    'To fill gaps: rebuilding from components smooths, but knows nothing of dropouts or places.',
  ],
  needs: ['Any expression matrix; logarithmic values give the most sensible directions.'],
  cost: 'Seconds. Grows with the nonzero entries × components.',
  gives: ['Latent (components per cell)', 'Values rebuilt from the components', 'Explained variance of each component'],
  check: 'The explained variance falls quickly and then flattens; components beyond the bend add little.',
  diagram: {
    alt: 'Genes are projected on the directions of largest spread; the coordinates along them are the latent, from which genes are rebuilt.',
    columns: [
      [{ id: 'in', picture: 'matrix', label: 'Measured genes', note: 'x' }],
      [{ id: 'axes', picture: 'axes', label: 'Widest directions', note: 'V' }],
      [{ id: 'latent', picture: 'latent', label: 'Components', note: 'z = x V' }],
      [{ id: 'out', picture: 'matrix', label: 'Rebuilt genes', note: 'z Vᵀ' }],
    ],
    arrows: [
      { from: 'in', to: 'axes' },
      { from: 'axes', to: 'latent' },
      { from: 'latent', to: 'out' },
      { from: 'out', to: 'in', kind: 'compares', label: 'least squared error' },
    ],
  },
  further: [
    {
      title: 'On lines and planes of closest fit to systems of points in space',
      authors: 'Pearson, K.',
      year: 1901,
      venue: 'Philosophical Magazine 2(11), 559–572',
      doi: '10.1080/14786440109462720',
    },
  ],
};
