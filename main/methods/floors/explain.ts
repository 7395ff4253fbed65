import type { Explanation } from '../explanation.ts';

export const explainTrainMean: Explanation = {
  idea: 'Predicts one and the same average profile for every cell.',
  how: [
    'The mean of each gene over the cells that it may see is the answer for all. It has learned nothing of any single cell.',
    'On held-out spots this alone reaches cosines above 0.9, as all cells of a tissue share most of their profile. It shows how good "nothing" looks in a score.',
  ],
  when: ['In every comparison: a method that does not beat it has learned nothing.'],
  whenNot: ['For anything else.'],
  needs: ['Any expression matrix.'],
  cost: 'One pass over the data.',
  gives: ['The same predicted profile for every cell', 'No latent'],
  check: 'There is nothing to check: it is what others are checked against.',
  diagram: {
    alt: 'All cells are averaged to one profile, which is the prediction for each of them.',
    columns: [
      [{ id: 'in', picture: 'matrix', label: 'All cells', note: 'x' }],
      [{ id: 'mean', picture: 'mean', label: 'Their mean', note: 'one profile' }],
      [{ id: 'out', picture: 'matrix', label: 'Every cell the same', note: 'x̂' }],
    ],
    arrows: [
      { from: 'in', to: 'mean' },
      { from: 'mean', to: 'out' },
    ],
  },
  further: [],
};

export const explainKnn: Explanation = {
  idea: 'Predicts each spot as the average of its ten nearest neighbours.',
  how: [
    'Where there are positions, the ten nearest spots of the tissue are averaged; else the ten cells that are most alike in thirty principal components. A spot never takes part in its own prediction.',
    'This is plain smoothing. On dense sections many published networks do not beat it.',
  ],
  when: [
    'In every comparison of methods that fill space or denoise.',
    'As a robust, quick smoothing whose every value can be traced to ten spots.',
  ],
  whenNot: ['Where regions are thinner than the reach of ten neighbours: borders blur.'],
  needs: ['Any expression matrix; positions where it shall smooth in the tissue.'],
  cost: 'Seconds: the neighbours are searched once. Denoised values are averaged when they are asked for.',
  gives: ['Smoothed values of every gene', 'Predictions for held-out places', 'No latent'],
  check: 'There is nothing to tune: it is what others are checked against.',
  diagram: {
    alt: 'Each spot is joined to its ten nearest neighbours; their mean is its prediction.',
    columns: [
      [{ id: 'in', picture: 'tissue', label: 'Spots', note: 'x' }],
      [{ id: 'near', picture: 'graph', label: 'The 10 nearest' }],
      [{ id: 'mean', picture: 'mean', label: 'Their mean' }],
      [{ id: 'out', picture: 'matrix', label: 'Smoothed genes', note: 'x̂' }],
    ],
    arrows: [
      { from: 'in', to: 'near' },
      { from: 'near', to: 'mean' },
      { from: 'mean', to: 'out' },
    ],
  },
  further: [],
};

/** Both floors of the count models differ in one word. */
function explainGeneCounts(distribution: { name: string; how: string; note: string }): Explanation {
  return {
    idea: `Expects of every cell the same share of each gene, spread as a ${distribution.name}.`,
    how: [
      `The rate of a gene is its share of all counts in the cells that it may see; the count expected of a cell is that share times the library size of the cell. ${distribution.how}`,
      'It knows nothing of cell types. Most entries of a count matrix are zeros of rare genes, and those it predicts well, so that it is a hard floor for the likelihood of held-out cells.',
    ],
    when: ['In every comparison of count models by likelihood.'],
    whenNot: ['For anything else: every cell gets the same profile.'],
    needs: ['Raw counts (whole numbers from 0).'],
    cost: 'A few passes over the nonzero counts.',
    gives: ['The same expected profile for every cell, times its library size', 'No latent'],
    check: 'There is nothing to check: it is what others are checked against.',
    diagram: {
      alt: 'The counts of each gene are summed to one rate; times the library size of a cell it is what is expected there.',
      columns: [
        [{ id: 'in', picture: 'counts', label: 'Counts', note: 'x' }],
        [
          { id: 'rate', picture: 'mean', label: 'Rate of each gene', note: 'one profile' },
          { id: 'library', picture: 'number', label: 'Library size', note: 'ℓ' },
        ],
        [{ id: 'out', picture: 'counts', label: 'Expected counts', note: distribution.note }],
      ],
      arrows: [
        { from: 'in', to: 'rate' },
        { from: 'in', to: 'library' },
        { from: 'rate', to: 'out' },
        { from: 'library', to: 'out' },
      ],
    },
    further: [],
  };
}

export const explainGeneNb: Explanation = explainGeneCounts({
  name: 'negative binomial',
  how: 'How far a gene spreads beyond chance is fitted to that gene alone, by maximum likelihood.',
  note: 'negative binomial',
});

export const explainGenePoisson: Explanation = explainGeneCounts({
  name: 'Poisson distribution',
  how: 'Counts spread by chance alone, as if all cells were alike.',
  note: 'Poisson',
});
