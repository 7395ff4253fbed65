import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { Citation } from '../method.ts';

export const FFN_PAPER: Citation = {
  title: 'Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains',
  authors: 'Tancik, Srinivasan, Mildenhall, Fridovich-Keil, Raghavan, Singhal, Ramamoorthi, Barron, Ng',
  year: 2020,
  venue: 'NeurIPS 33, 7537–7547',
  doi: '10.48550/arXiv.2006.10739',
};

export const SIREN_PAPER: Citation = {
  title: 'Implicit Neural Representations with Periodic Activation Functions',
  authors: 'Sitzmann, Martel, Bergman, Lindell, Wetzstein',
  year: 2020,
  venue: 'NeurIPS 33, 7462–7473',
  doi: '10.48550/arXiv.2006.09661',
};

export const NGP_PAPER: Citation = {
  title: 'Instant Neural Graphics Primitives with a Multiresolution Hash Encoding',
  authors: 'Müller, Evans, Schied, Keller',
  year: 2022,
  venue: 'ACM Transactions on Graphics 41(4), 1–15',
  doi: '10.1145/3528223.3530127',
};

export const SUICA_PAPER: Citation = {
  title: 'SUICA: Learning Super-high Dimensional Sparse Implicit Neural Representations for Spatial Transcriptomics',
  authors: 'Zhu, Zheng, Sang, Zhan, Zhu, Ding, Zheng',
  year: 2025,
  venue: 'ICML 2025',
  doi: '10.48550/arXiv.2412.01124',
};

/** Input of SUICA and of the networks it is compared with: every spot scaled to 200 counts, no logarithm. */
export const SUICA_INPUT = normalisationSchema.parse({
  librarySize: 'suica',
  log1p: false,
  variableGenes: null,
  scale: 'none',
});
