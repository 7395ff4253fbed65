/** How a metric is named and read in tables and figures. */
export interface MetricFacts {
  id: string;
  title: string;
  /** Null when neither more nor less is better. */
  higherIsBetter: boolean | null;
  /** Digits after the point. */
  digits: number;
}

/** Metrics in the order in which tables show them. `metric` of a score row is one of these ids. */
export const METRICS: readonly MetricFacts[] = [
  { id: 'ari', title: 'ARI', higherIsBetter: true, digits: 3 },
  { id: 'nmi', title: 'NMI', higherIsBetter: true, digits: 3 },
  { id: 'homogeneity', title: 'Homogeneity', higherIsBetter: true, digits: 3 },
  { id: 'completeness', title: 'Completeness', higherIsBetter: true, digits: 3 },
  { id: 'v_measure', title: 'V', higherIsBetter: true, digits: 3 },
  { id: 'silhouette', title: 'Silhouette', higherIsBetter: true, digits: 3 },
  { id: 'n_clusters', title: 'Clusters found', higherIsBetter: null, digits: 1 },
  { id: 'mae', title: 'MAE', higherIsBetter: false, digits: 4 },
  { id: 'mse', title: 'MSE', higherIsBetter: false, digits: 4 },
  { id: 'mae_nonzero', title: 'MAE of nonzeros', higherIsBetter: false, digits: 4 },
  { id: 'mse_nonzero', title: 'MSE of nonzeros', higherIsBetter: false, digits: 4 },
  { id: 'nll', title: 'NLL', higherIsBetter: false, digits: 4 },
  { id: 'nll_predicted_library', title: 'NLL, library predicted', higherIsBetter: false, digits: 4 },
  { id: 'nll_pruned', title: 'NLL, pruned', higherIsBetter: false, digits: 4 },
  { id: 'mse_rates', title: 'MSE of rates', higherIsBetter: false, digits: 4 },
  { id: 'mse_rates_predicted_library', title: 'MSE of rates, library predicted', higherIsBetter: false, digits: 4 },
  { id: 'dropout', title: 'Mean zero probability', higherIsBetter: null, digits: 4 },
  { id: 'zero_share', title: 'Zeros expected', higherIsBetter: null, digits: 4 },
  { id: 'sparsity', title: 'Weight sparsity', higherIsBetter: null, digits: 4 },
  { id: 'epochs', title: 'Epochs', higherIsBetter: null, digits: 1 },
  { id: 'cosine', title: 'Cosine', higherIsBetter: true, digits: 3 },
  { id: 'cosine_nonzero', title: 'Cosine of nonzeros', higherIsBetter: true, digits: 3 },
  { id: 'pearson', title: 'Pearson', higherIsBetter: true, digits: 3 },
  { id: 'spearman', title: 'Spearman', higherIsBetter: true, digits: 3 },
  { id: 'ilisi', title: 'iLISI', higherIsBetter: true, digits: 3 },
  { id: 'silhouette_batch', title: 'Silhouette of batches', higherIsBetter: true, digits: 3 },
  { id: 'kbet_accept', title: 'kBET acceptance', higherIsBetter: true, digits: 3 },
  { id: 'pearson_gene', title: 'Pearson of genes', higherIsBetter: true, digits: 3 },
];

const byId = new Map(METRICS.map((facts) => [facts.id, facts]));

/** Facts of a metric; one that is not in the catalogue keeps its id as the title and is never marked best. */
export function metricFacts(id: string): MetricFacts {
  return byId.get(id) ?? { id, title: id, higherIsBetter: null, digits: 3 };
}

/** Place of a metric in a table; unknown ones come last. */
export function metricOrder(id: string): number {
  const at = METRICS.findIndex((facts) => facts.id === id);
  return at < 0 ? METRICS.length : at;
}
