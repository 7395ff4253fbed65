import { widthsOf } from '../autoencoder/parameters.ts';
import { countNetworkCost } from '../counts/count-network-cost.ts';
import { supportsCounts } from '../counts/raw-counts.ts';
import type { Method } from '../method.ts';
import { zipoParametersSchema, type ZipoParameters } from './parameters.ts';
import { zipoPresets } from './presets.ts';
import { trainZipo } from './train-zipo.ts';

/** ZiPo: rates, dropouts and library sizes from one deep encoder. */
export const zipo: Method<ZipoParameters> = {
  id: 'zipo',
  title: 'ZiPo',
  family: 'Count models',
  question: 'denoise',
  description:
    'Tells zeros that were lost on the way from genes that are truly off: it predicts for every gene of every cell the rate of expression and the probability of a dropout, and the library size of the cell. Choose it for data with many dropouts, or to see which genes matter.',
  paper: {
    title: 'ZiPo: A Deep Neural Network to De-Noise Single-Cell RNA Sequencing Data',
    authors: 'Sharifitabar, M.; Kazempour, S.; Razavian, J.; Sajedi, S.; Solhjoo, S.; Zare, H.',
    year: 2025,
    venue: 'IEEE Transactions on Computational Biology and Bioinformatics 22(6):2341–2352',
    doi: '10.1109/TCBBIO.2025.3572783',
  },
  parameters: zipoParametersSchema,
  presets: zipoPresets,
  heldOut: { term: 'nll', title: 'Negative log-likelihood per entry of held-out cells', comparesEpochs: () => true },
  givesLikelihood: true,
  supports: supportsCounts,
  estimate: (facts, { hiddenLayers, likelihood, dispersion, batchSize, epochs }, machine) => {
    const widths = widthsOf(hiddenLayers);
    const nHeads = 1 + (likelihood === 'nb' ? 0 : 1) + (likelihood !== 'zip' && dispersion === 'conditional' ? 1 : 0);
    return countNetworkCost(facts, machine, {
      widths,
      headInputs: widths[widths.length - 1],
      nHeads,
      batchSize,
      epochs,
    });
  },
  train: trainZipo,
};
