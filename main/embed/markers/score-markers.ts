import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import {
  MARKER_COLUMNS,
  MARKER_EFFECTS,
  MARKER_SUMMARIES,
  markerColumn,
} from '../../contract/markers/marker-columns.ts';
import type { MarkerEffect } from '../../contract/markers/marker-columns.ts';
import { Pacing } from '../pacing.ts';
import { compareGroups, type GroupComparison } from './compare-groups.ts';
import { EffectSummary } from './effect-summary.ts';
import type { SparseRows } from './gene-blocks.ts';

export type { SparseRows } from './gene-blocks.ts';

/** Marker scores of one group. */
export interface GroupMarkers {
  group: number;
  /** Observations of the group. */
  n: number;
  /** Groups that it was compared with. */
  nComparisons: number;
  /** [nVar, MARKER_COLUMNS.length] */
  values: Float32Array;
}

/** What AUC says where two groups do not differ; the other effects say 0. */
const NO_DIFFERENCE: Record<MarkerEffect, number> = { auc: 0.5, cohensD: 0, log2FoldChange: 0, deltaDetected: 0 };

/**
 * Scores every gene as a marker of groups, by comparing each group with every other one (scran's `scoreMarkers`). For
 * two groups, in values x that are log(1 + normalised):
 *
 * - `auc`: probability that an observation of the first group has a higher value than one of the second, ties half;
 * - `cohensD`: (mean₁ − mean₂) / √((var₁ + var₂) / 2), variances with ddof 1;
 * - `log2FoldChange`: (mean₁ − mean₂) / ln 2, the difference of the mean of log₂(1 + normalised);
 * - `deltaDetected`: share of observations above 0 in the first less that in the second.
 *
 * Effects are summarised over the other groups by mean, least, and min-rank. Each pair of groups is compared once.
 *
 * @param codes [nObs], group of each observation; -1 is left out
 * @param wanted the groups to score; all when left out
 * @throws LacunaError `bad-request` when fewer than two groups have observations, `cancelled`
 */
export async function scoreMarkers(
  expression: SparseRows,
  codes: Int32Array,
  wanted: readonly number[] | null,
  task: LongTask = {},
): Promise<GroupMarkers[]> {
  const members = membersOf(codes);
  const groups = [...members.keys()].sort((a, b) => a - b);
  if (groups.length < 2)
    throw new LacunaError(
      'bad-request',
      'There are no two groups to compare: after the filter, all observations lie in one.',
      'Choose other groups, or a larger selection.',
    );
  const scored = groups.filter((group) => wanted === null || wanted.includes(group));
  const { nVar } = expression;
  const collected = new Map(scored.map((group) => [group, new Collected(nVar)]));
  const pairs = groups.flatMap((a, i) =>
    groups.slice(i + 1).flatMap((b) => (collected.has(a) || collected.has(b) ? [[a, b] as const] : [])),
  );
  const sizeOf = (group: number): number => members.get(group)!.length;
  const total = pairs.reduce((sum, [a, b]) => sum + sizeOf(a) + sizeOf(b), 0);
  const pacing = new Pacing(task);
  await pacing.stage('Comparing groups');
  let before = 0;
  for (const [a, b] of pairs) {
    const size = sizeOf(a) + sizeOf(b);
    const found = await compareGroups(expression, members.get(a)!, members.get(b)!, task, (share) =>
      pacing.step('Comparing groups', before + share * size, total),
    );
    collected.get(a)?.add(found, 0);
    collected.get(b)?.add(found, 1);
    before += size;
  }
  return scored.map((group) => collected.get(group)!.markers(group, sizeOf(group)));
}

function membersOf(codes: Int32Array): Map<number, Uint32Array> {
  const lists = new Map<number, number[]>();
  codes.forEach((code, i) => {
    if (code < 0) return;
    const list = lists.get(code);
    if (list) list.push(i);
    else lists.set(code, [i]);
  });
  return new Map([...lists].map(([code, list]) => [code, Uint32Array.from(list)]));
}

/** The comparisons of one group so far. */
class Collected {
  readonly #nVar: number;
  readonly #effects: Record<MarkerEffect, EffectSummary>;
  readonly #meanOthers: Float64Array;
  readonly #detectedOthers: Float64Array;
  #mean: Float64Array = new Float64Array(0);
  #detected: Float64Array = new Float64Array(0);
  #n = 0;

  constructor(nVar: number) {
    this.#nVar = nVar;
    this.#effects = {
      auc: new EffectSummary(nVar),
      cohensD: new EffectSummary(nVar),
      log2FoldChange: new EffectSummary(nVar),
      deltaDetected: new EffectSummary(nVar),
    };
    this.#meanOthers = new Float64Array(nVar);
    this.#detectedOthers = new Float64Array(nVar);
  }

  /** @param side which of the two groups compared this one is */
  add(found: GroupComparison, side: 0 | 1): void {
    const other = side === 0 ? 1 : 0;
    this.#n++;
    this.#mean = found.mean[side];
    this.#detected = found.detected[side];
    for (let j = 0; j < this.#nVar; j++) {
      this.#meanOthers[j] += found.mean[other][j];
      this.#detectedOthers[j] += found.detected[other][j];
    }
    for (const effect of MARKER_EFFECTS) {
      const seen = side === 0 ? found[effect] : found[effect].map((value) => turned(effect, value));
      this.#effects[effect].add(seen, NO_DIFFERENCE[effect]);
    }
  }

  markers(group: number, n: number): GroupMarkers {
    const width = MARKER_COLUMNS.length;
    const values = new Float32Array(this.#nVar * width);
    const put = (column: number, figures: Float64Array, divisor = 1): void => {
      for (let j = 0; j < figures.length; j++) values[j * width + column] = figures[j] / divisor;
    };
    put(0, this.#mean);
    put(1, this.#meanOthers, this.#n);
    put(2, this.#detected);
    put(3, this.#detectedOthers, this.#n);
    for (const effect of MARKER_EFFECTS)
      for (const summary of MARKER_SUMMARIES) put(markerColumn(effect, summary), this.#effects[effect].values(summary));
    return { group, n, nComparisons: this.#n, values };
  }
}

/** An effect as the other group sees it. */
function turned(effect: MarkerEffect, value: number): number {
  return effect === 'auc' ? 1 - value : 0 - value;
}
