import { adjustedRandIndexOf } from './adjusted-rand-index.ts';
import { contingencyTable } from './contingency-table.ts';
import { normalisedMutualInformationOf, type NmiAverage } from './normalised-mutual-information.ts';
import { vMeasureOf } from './v-measure.ts';

/** Metrics of clusters against labels, by the names that score rows and tables use. */
export type ClusterScores = Record<'ari' | 'nmi' | 'homogeneity' | 'completeness' | 'v_measure', number>;

/**
 * All label-based metrics from one pass over the observations.
 * @param truth [nObs] label codes; observations with a negative code on either side are left out.
 * @param clusters [nObs] cluster codes.
 */
export function clusterScores(
  truth: Int32Array,
  clusters: Int32Array,
  nmiAverage: NmiAverage = 'arithmetic',
): ClusterScores {
  const table = contingencyTable(truth, clusters);
  const { homogeneity, completeness, vMeasure } = vMeasureOf(table);
  return {
    ari: adjustedRandIndexOf(table),
    nmi: normalisedMutualInformationOf(table, nmiAverage),
    homogeneity,
    completeness,
    v_measure: vMeasure,
  };
}
