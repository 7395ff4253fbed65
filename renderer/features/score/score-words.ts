const PICTURES: Record<string, string> = { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' };
const BASES: Record<string, string> = { latent: 'Latent', denoised: 'Denoised', data: 'Measured' };
const CLUSTERINGS: Record<string, string> = { kmeans: 'k-means', leiden: 'Leiden' };

/** A space as people call it: 'Latent', 't-SNE 2-D', 'UMAP 3-D of denoised'. */
export function spaceTitle(name: string): string {
  if (name in BASES) return BASES[name];
  const found = /^(?:(denoised|data|latent)-)?(pca|umap|tsne)-([23])d$/.exec(name);
  if (found === null) return name;
  const [, base, kind, nDim] = found;
  const picture = `${PICTURES[kind]} ${nDim}-D`;
  return base === undefined || base === 'latent' ? picture : `${picture} of ${BASES[base].toLowerCase()}`;
}

export function clusteringTitle(name: string): string {
  return CLUSTERINGS[name] ?? name;
}

/** What a metric says, for a person who meets it for the first time; 'ari, k-means' is ARI of certain clusters. */
export function metricHelp(metric: string): string | undefined {
  return METRIC_HELP[metric.split(',')[0]];
}

const METRIC_HELP: Record<string, string> = {
  ari: 'Adjusted Rand index: how well clusters and labels agree on pairs of cells. 1 is perfect, 0 is chance.',
  nmi: 'Normalised mutual information between clusters and labels: 1 is perfect, 0 is none.',
  homogeneity: 'Whether each cluster holds cells of one label only. 1 is perfect.',
  completeness: 'Whether all cells of a label lie in one cluster. 1 is perfect.',
  v_measure: 'Harmonic mean of homogeneity and completeness. 1 is perfect.',
  silhouette: 'How much nearer cells are to their own cluster than to the next, from −1 to 1. Needs no labels.',
  mae: 'Mean absolute error of the reconstruction, in the unit of the recipe. Less is better.',
  mse: 'Mean squared error of the reconstruction, in the unit of the recipe. Less is better.',
  mae_nonzero: 'Mean absolute error where the measured value is not 0. Less is better.',
  mse_nonzero: 'Mean squared error where the measured value is not 0. Less is better.',
  cosine: 'Cosine between measured and reconstructed spot, averaged over spots. 1 is perfect.',
  cosine_nonzero: 'The same over entries that are not 0 as measured. 1 is perfect.',
  pearson: 'Correlation of measured and reconstructed genes within a spot, averaged over spots. 1 is perfect.',
  spearman: 'The same by ranks. 1 is perfect.',
  pearson_gene: 'Correlation over spots of each gene, averaged over genes. 1 is perfect.',
  ilisi: 'How many batches there are, effectively, among the neighbours of a cell: 1 is mixed, 0 is apart.',
  silhouette_batch: 'How little batches lie apart within each cell type: 1 is mixed, 0 is apart.',
  kbet_accept:
    'Share of cells whose neighbours have the batches of the whole dataset (χ² test): about 0.95 is mixed, 0 is apart.',
  n_clusters: 'How many clusters were found. Neither more nor fewer is better.',
};

/** The facts of a protocol as lines to read: 'k-means: k 9, restarts 20, seed 1'. */
export function protocolLines(
  figure: { clustering: string; protocol: Record<string, unknown> },
  obs = 'cells',
): string[] {
  const { clustering, nObs, nLabels, ...rest } = figure.protocol;
  const lines: string[] = [];
  if (typeof nObs === 'number') {
    const groups = typeof nLabels === 'number' ? `, ${nLabels} labels` : '';
    lines.push(`${nObs.toLocaleString('en-US')} ${obs}${groups}`);
  }
  if (isRecord(clustering)) lines.push(`${clusteringTitle(figure.clustering)}: ${settings(clustering)}`);
  for (const [name, value] of Object.entries(rest)) {
    // The space and the kind of score are in the row already.
    if (value === null || value === undefined || name === 'picture' || name === 'kind') continue;
    lines.push(`${PROTOCOL_WORDS[name] ?? name}: ${isRecord(value) ? settings(value) : plain(value)}`);
  }
  return lines;
}

const PROTOCOL_WORDS: Record<string, string> = {
  nmiAverage: 'Mean of the entropies in NMI',
  silhouetteObs: 'Measured for the silhouette',
};

function settings(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${plain(value)}`)
    .join(', ');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
