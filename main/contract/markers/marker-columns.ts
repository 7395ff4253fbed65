/** How two groups differ in a gene; see `scoreMarkers` for what each one is. */
export const MARKER_EFFECTS = ['auc', 'cohensD', 'log2FoldChange', 'deltaDetected'] as const;
export type MarkerEffect = (typeof MARKER_EFFECTS)[number];

/** How the comparisons with several groups become one figure. */
export const MARKER_SUMMARIES = ['mean', 'min', 'rank'] as const;
export type MarkerSummary = (typeof MARKER_SUMMARIES)[number];

/** Columns before those of the effects. */
export const MARKER_FACTS = ['mean', 'meanOthers', 'detected', 'detectedOthers'] as const;

/** Names of the columns of a table of markers, in their order: facts, then each effect by mean, least and rank. */
export const MARKER_COLUMNS: readonly string[] = [
  ...MARKER_FACTS,
  ...MARKER_EFFECTS.flatMap((effect) => MARKER_SUMMARIES.map((summary) => `${effect}_${summary}`)),
];

/** Column of an effect in a table of markers. */
export function markerColumn(effect: MarkerEffect, summary: MarkerSummary): number {
  return (
    MARKER_FACTS.length + MARKER_EFFECTS.indexOf(effect) * MARKER_SUMMARIES.length + MARKER_SUMMARIES.indexOf(summary)
  );
}
