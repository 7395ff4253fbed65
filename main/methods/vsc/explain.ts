import type { Explanation } from '../explanation.ts';

export const explainVsc: Explanation = {
  idea: 'A variational autoencoder whose latent numbers may be switched off cell by cell, so that each cell uses only the few that it needs.',
  how: [
    'Beside position and doubt, the encoder answers for every latent number with the probability that it is in use (γ). A number that is not in use is exactly zero: a spike. One that is in use comes from a bell shape: the slab.',
    'The second term of the loss wants a share α of the numbers in use, and pulls those in use towards a common bell shape or, as in the paper of the method, towards the codes of a few learned example cells (pseudo-inputs). A steep switch (its slope is c) keeps the draw differentiable, so that everything is trained at once.',
  ],
  when: [
    'When you want to read single latent numbers: "these cells use number 4, the others do not".',
    'For data with many distinct cell types that share few programmes.',
  ],
  whenNot: [
    'As the only method: its sparse code costs some reconstruction, and results differ more between seeds. Run several seeds.',
    'For smooth trajectories: use the β-VAE.',
  ],
  needs: ['Any expression matrix; scaled or log-transformed values, as its presets set them.'],
  cost: 'Like the β-VAE; pseudo-inputs, where there are some, pass through the encoder in every step as well.',
  gives: [
    'Latent (each number times the probability that it is in use)',
    'Denoised values of every gene',
    'Reconstruction and KL by epoch',
  ],
  check:
    'Count how many latent numbers are in use at all: if none or all are, α or β does not suit the data. Compare its clusters with AE, β-VAE and PCA over seeds.',
  diagram: {
    alt: 'Genes go through an encoder to a position, a doubt and a switch per latent number; the drawn code has most numbers at zero and goes through the decoder back to genes. The code is compared with a spike-and-slab prior.',
    columns: [
      [{ id: 'in', picture: 'matrix', label: 'Measured genes', note: 'x' }],
      [{ id: 'encoder', picture: 'encoder', label: 'Encoder' }],
      [
        { id: 'cloud', picture: 'cloud', label: 'Slab: position, doubt', note: 'μ, σ' },
        { id: 'spike', picture: 'zeros', label: 'Spike: in use or not', note: 'γ' },
      ],
      [
        { id: 'code', picture: 'sparse', label: 'Sparse code', note: 'z' },
        { id: 'prior', picture: 'counts', label: 'Spike and slab', note: 'α, N(0, 1)' },
      ],
      [{ id: 'decoder', picture: 'decoder', label: 'Decoder' }],
      [{ id: 'out', picture: 'matrix', label: 'Rebuilt genes', note: 'x̂' }],
    ],
    arrows: [
      { from: 'in', to: 'encoder' },
      { from: 'encoder', to: 'cloud' },
      { from: 'encoder', to: 'spike' },
      { from: 'cloud', to: 'code' },
      { from: 'spike', to: 'code' },
      { from: 'code', to: 'decoder' },
      { from: 'decoder', to: 'out' },
      { from: 'code', to: 'prior', kind: 'compares', label: 'β · KL' },
      { from: 'out', to: 'in', kind: 'compares', label: 'squared error' },
    ],
  },
  further: [
    {
      title: 'Variational Sparse Coding',
      authors: 'Tonolini, F.; Jensen, B. S.; Murray-Smith, R.',
      year: 2020,
      venue: 'Proceedings of the 35th Uncertainty in Artificial Intelligence Conference, PMLR 115, 690–700',
    },
  ],
};
