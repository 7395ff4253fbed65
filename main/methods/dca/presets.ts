import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { Preset } from '../method.ts';

/** log(1 + counts at the median library size); the scaling of genes is a matter of the network. */
const DCA_INPUT = normalisationSchema.parse({ librarySize: 'median', log1p: true, scale: 'none' });

const ZIPO_PAPER = { hiddenLayers: '128-64-128', scaleGenes: false, heldOutFrom: 'random' } as const;

export const dcaPresets: readonly Preset[] = [
  {
    id: 'lacuna',
    title: 'Recommended',
    description:
      'Negative binomial with one dispersion per gene, training started at the mean and spread of every gene, random held-out cells, and the best epoch taken.',
    normalisation: DCA_INPUT,
    parameters: { dispersion: 'constant', startAtMeans: true, heldOutFrom: 'random', batchSize: 64 },
  },
  {
    id: 'tool',
    title: 'As the tool does it',
    description:
      'What the published program does when nothing is said: negative binomial, dispersion per cell, 64-32-64, RMSprop.',
    normalisation: DCA_INPUT,
    parameters: {},
  },
  {
    id: 'paper',
    title: "As in ZiPo's comparison",
    description:
      'DCA as the paper of ZiPo simulates it: zero-inflated negative binomial, 128-64-128, genes not scaled.',
    normalisation: DCA_INPUT,
    parameters: { ...ZIPO_PAPER, likelihood: 'zinb' },
  },
  {
    id: 'zipDCA',
    title: 'zipDCA',
    description: 'The same with a zero-inflated Poisson distribution, as in the paper of ZiPo.',
    normalisation: DCA_INPUT,
    parameters: { ...ZIPO_PAPER, likelihood: 'zip' },
  },
  {
    id: 'tunedDCA',
    title: 'tunedDCA',
    description:
      "DCA with the layers of the paper's best ZiPo, 2048-1024-512-256-128 and a linear decoder. The paper gives no list of its settings; the others are those of its DCA.",
    normalisation: DCA_INPUT,
    parameters: {
      ...ZIPO_PAPER,
      likelihood: 'zinb',
      hiddenLayers: '2048-1024-512-256-128',
      latentLayer: 'last',
    },
  },
];
