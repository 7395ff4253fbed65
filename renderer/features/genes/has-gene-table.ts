import type { RunInfo } from '../../app/project.svelte.ts';

/** Whether a run says something of each gene: a pruned first layer, or one dispersion per gene. */
export function hasGeneTable({ state, summary, parameters, countValues }: RunInfo): boolean {
  if (state !== 'done' || countValues.length === 0) return false;
  const { dispersion, likelihood } = parameters;
  const spreads = typeof likelihood === 'string' && likelihood.endsWith('nb');
  return 'sparsity' in summary || (spreads && dispersion === 'constant');
}

/** What the table is about. */
export function genesTitle({ summary }: RunInfo): string {
  return 'sparsity' in summary ? 'Genes that feed the latent' : 'Dispersion of the genes';
}
