import { RMSPROP_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import { countNetworkCost } from '../counts/count-network-cost.ts';
import { supportsCounts } from '../counts/raw-counts.ts';
import type { Method } from '../method.ts';
import { hasDispersion, hasDropout } from './network.ts';
import { dcaParametersSchema, type DcaParameters } from './parameters.ts';
import { dcaPresets } from './presets.ts';
import { trainDca } from './train-dca.ts';

/** DCA: the deep count autoencoder. */
export const dca: Method<DcaParameters> = {
  id: 'dca',
  title: 'Deep count autoencoder (DCA)',
  family: 'Count models',
  question: 'denoise',
  description:
    'An autoencoder that treats expression as what it is: counts. It predicts for every gene of every cell the mean and the spread of the count, so that noise of counting is told from biology. Choose it to denoise UMI counts.',
  paper: {
    title: 'Single-cell RNA-seq denoising using a deep count autoencoder',
    authors: 'Eraslan, G.; Simon, L. M.; Mircea, M.; Mueller, N. S.; Theis, F. J.',
    year: 2019,
    venue: 'Nature Communications 10:390',
    doi: '10.1038/s41467-018-07931-2',
  },
  parameters: dcaParametersSchema,
  presets: dcaPresets,
  heldOut: {
    term: 'nll',
    title: 'Negative log-likelihood per entry of held-out cells',
    comparesEpochs: () => true,
  },
  givesLikelihood: true,
  supports: supportsCounts,
  estimate: (facts, parameters, machine) => {
    const widths = widthsOf(parameters.hiddenLayers);
    const conditional = hasDispersion(parameters) && parameters.dispersion === 'conditional';
    const nHeads = 1 + (conditional ? 1 : 0) + (hasDropout(parameters) ? 1 : 0);
    const { batchSize, epochs } = parameters;
    return countNetworkCost(facts, machine, {
      widths,
      headInputs: widths[widths.length - 1],
      nHeads,
      batchSize,
      epochs,
    });
  },
  train: (context) =>
    trainDca(context, { rmsprop: { ...RMSPROP_DEFAULTS, learningRate: context.parameters.learningRate } }),
};
