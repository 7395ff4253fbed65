import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { libscran } from '../libscran.ts';
import { geneBlocks, type SparseRows } from './gene-blocks.ts';
import type { MarkerEffect } from '../../contract/markers/marker-columns.ts';

/** How one group differs from another in every gene; each [nVar]. Seen from the other group, signs turn round. */
export interface GroupComparison extends Record<MarkerEffect, Float64Array> {
  /** Mean of the values of each group, and share of its observations with a value above 0. */
  mean: [Float64Array, Float64Array];
  detected: [Float64Array, Float64Array];
}

/** Entries handed to libscran at once: about half a second of work, after which a cancel is heard. */
const BLOCK_ENTRIES = 4_000_000;

/**
 * Compares two groups of observations in every gene, with the effect sizes of libscran's `score_markers_summary`
 * (https://github.com/libscran/scran_markers, the library behind scran's `scoreMarkers`).
 *
 * @param onBlock told the share of the work that is done
 * @throws LacunaError `cancelled`
 */
export async function compareGroups(
  expression: SparseRows,
  first: Uint32Array,
  second: Uint32Array,
  task: LongTask,
  onBlock: (share: number) => Promise<void>,
): Promise<GroupComparison> {
  const { nVar } = expression;
  const blank = (): Float64Array => new Float64Array(nVar);
  const found: GroupComparison = {
    mean: [blank(), blank()],
    detected: [blank(), blank()],
    auc: blank(),
    cohensD: blank(),
    log2FoldChange: blank(),
    deltaDetected: blank(),
  };
  const rows = new Uint32Array(first.length + second.length);
  rows.set(first);
  rows.set(second, first.length);
  const groups = new Int32Array(rows.length).fill(1, first.length);
  const { scran, refresh } = await libscran();
  for (const block of geneBlocks(expression, rows, BLOCK_ENTRIES)) {
    throwIfCancelled(task.signal);
    refresh();
    const matrix = scran.initializeSparseMatrixFromSparseArrays(
      block.nVar,
      rows.length,
      block.values,
      block.indices,
      block.indptr,
      { byRow: true, forceInteger: false, layered: false },
    );
    try {
      refresh();
      const scores = scran.scoreMarkers(matrix, groups);
      try {
        refresh();
        const at = block.start;
        for (const group of [0, 1] as const) {
          found.mean[group].set(scores.mean(group), at);
          found.detected[group].set(scores.detected(group), at);
        }
        found.auc.set(scores.auc(0), at);
        found.cohensD.set(scores.cohensD(0), at);
        found.log2FoldChange.set(
          scores.deltaMean(0).map((delta) => delta / Math.LN2),
          at,
        );
        found.deltaDetected.set(scores.deltaDetected(0), at);
      } finally {
        scores.free();
      }
    } finally {
      matrix.free();
    }
    await onBlock((block.start + block.nVar) / nVar);
  }
  return found;
}
