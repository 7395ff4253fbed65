import type { Citation } from '../method.ts';

/** The report whose equations the autoencoder family follows. */
export const REPORT: Citation = {
  title: 'Variational autoencoders for single-cell transcriptomics data',
  authors: 'github.com/okunator/Variational-Autoencoders',
  year: 2019,
  venue: 'Project report',
};
