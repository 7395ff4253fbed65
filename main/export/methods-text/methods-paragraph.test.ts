import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../preprocess/recipe.ts';
import { methodsParagraph } from './methods-paragraph.ts';
import { reportJson } from './report-json.ts';
import type { RunDescription } from './run-description.ts';

const run: RunDescription = {
  dataset: { name: 'PBMC 3k', nObs: 2700, nVar: 32738, format: 'Cell Ranger 3 .h5', provenance: { files: ['a.h5'] } },
  observation: 'cell',
  recipe: recipeSchema.parse({
    filter: { obs: { minGenes: 200, maxMitoPercent: 5 }, var: { minCells: 3 } },
    normalisation: { variableGenes: 2000, scale: 'zscore' },
  }),
  kept: { nObs: 2638, nVar: 2000 },
  method: {
    id: 'beta-vae',
    title: 'β-VAE',
    paper: {
      title: 'beta-VAE',
      authors: 'Irina Higgins, Loic Matthey, Arka Pal',
      year: 2017,
      venue: 'ICLR',
      doi: '10.1/x',
    },
    preset: 'paper',
    parameters: { beta: 4, latentDim: 6, hidden: [128, 32] },
    presetParameters: { beta: 2, latentDim: 6, hidden: [128, 32] },
    labels: { beta: { label: 'β' } },
  },
  seed: 3,
  device: 'CPU',
  wallSeconds: 130,
  versions: { Lacuna: '0.1.0', TensorFlow: '2.21.0', Node: '24.21.0' },
  summary: { epochs: 200 },
  scores: [
    { metric: 'ARI', value: 0.61234, space: 'latent', clustering: 'k-means', labels: 'cell_type' },
    { metric: 'NMI', value: 0.73, space: 'latent', clustering: 'k-means', labels: 'cell_type' },
    { metric: 'silhouette', value: -0.1, space: 'latent', clustering: '', labels: '' },
  ],
};

describe('methodsParagraph', () => {
  it('tells what was done, in the past tense, with the reference', () => {
    expect(methodsParagraph(run)).toBe(
      'The dataset "PBMC 3k" (Cell Ranger 3 .h5, 2,700 cells × 32,738 genes) was analysed with Lacuna 0.1.0. ' +
        'Cells with at least 200 detected genes and at most 5 % mitochondrial counts were kept; genes detected in at least 3 cells were kept; 2,638 of 2,700 cells and 2,000 of 32,738 genes were used. ' +
        'Counts were scaled to 10,000 per cell, transformed as log(1 + x), restricted to the 2,000 most variable genes and z-scored per gene and clipped at ±10 standard deviations. ' +
        'β-VAE (Higgins et al., 2017) was run with the preset "paper" (changed: β = 4) and random seed 3. ' +
        'Training took 200 epochs and 2.2 min on CPU (TensorFlow 2.21.0, Node 24.21.0). ' +
        'k-means clusters of the latent reached ARI 0.612 and NMI 0.73 against the labels "cell_type". ' +
        'The latent reached silhouette −0.1. ' +
        'All parameters, the seed and the versions are listed in the accompanying JSON file.\n\n' +
        '**Reference**\n\nIrina Higgins, Loic Matthey, Arka Pal (2017). beta-VAE. ICLR. https://doi.org/10.1/x\n',
    );
  });

  it('leaves out what was not done', () => {
    const plain = {
      ...run,
      recipe: recipeSchema.parse({ normalisation: { librarySize: 'none', log1p: false } }),
      method: { ...run.method, paper: null },
      scores: [],
    };
    const text = methodsParagraph(plain);
    expect(text).toContain('No cells or genes were filtered out');
    expect(text).toContain('Raw counts were used without normalisation.');
    expect(text).not.toContain('Reference');
  });
});

describe('reportJson', () => {
  it('holds every parameter, the seed and the versions', () => {
    const document = JSON.parse(reportJson([run])) as { runs: RunDescription[] };
    expect(document.runs[0]).toMatchObject({
      seed: 3,
      versions: run.versions,
      method: { parameters: run.method.parameters },
      recipe: run.recipe,
    });
  });
});
