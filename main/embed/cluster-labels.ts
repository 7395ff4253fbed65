/** Clusters of observations; 0 is the largest. */
export interface ClusterLabels {
  /** [nObs] */
  codes: Int32Array;
  nClusters: number;
}

/** Numbers clusters 0, 1, 2 … from the largest to the smallest (ties: by first observation); empty ones vanish. */
export function orderBySize(raw: Int32Array): ClusterLabels {
  const size = new Map<number, number>();
  for (const code of raw) size.set(code, (size.get(code) ?? 0) + 1);
  // A Map keeps the order of first appearance, and sorting is stable.
  const order = [...size].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  const place = new Map(order.map((code, at) => [code, at]));
  return { codes: raw.map((code) => place.get(code)!), nClusters: order.length };
}
