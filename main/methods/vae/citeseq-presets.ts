import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { Preset } from '../method.ts';

/**
 * Log-transformed counts by size factor, the input that the paper calls “processed”; all genes, since its files hold the
 * 5,000 variable ones already.
 */
export const CITESEQ_INPUT = normalisationSchema.parse({ librarySize: 'median', log1p: true, scale: 'none' });

/** Latent dimensions and hidden layer of the five models (sections 2 and 3 of the paper). */
const MODELS = [
  { id: 'M1', latentSize: 10, hidden: 256 },
  { id: 'M2', latentSize: 50, hidden: 256 },
  { id: 'M3', latentSize: 100, hidden: 256 },
  { id: 'M4', latentSize: 50, hidden: 512 },
  { id: 'M5', latentSize: 50, hidden: 1024 },
] as const;

/**
 * The models of “VAE application to single-cell RNAseq data” (Michalak): one hidden layer, a fifth of the cells held out. It
 * prints neither β, batches, learning rate nor epochs; 1, 256, 0.001 and 50 are ours. So is the limit of log σ: without it
 * exp(2 log σ) overflows in the first batches of raw counts, and there is no unstable gradient to be seen.
 */
export const citeseqPresets: readonly Preset[] = MODELS.map(({ id, latentSize, hidden }) => ({
  id,
  title: `${id} of the CITE-seq study`,
  description: `${latentSize} latent dimensions, one hidden layer of ${hidden}, β = 1, a fifth of the cells held out, on log-transformed counts of all genes.`,
  normalisation: CITESEQ_INPUT,
  parameters: {
    latentSize,
    hiddenLayers: String(hidden),
    firstActivation: 'relu',
    beta: 1,
    epochs: 50,
    heldOutShare: 0.2,
    logSdLimit: 10,
  },
}));
