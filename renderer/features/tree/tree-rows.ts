import type { DatasetInfo, RunInfo } from '../../app/project.svelte.ts';

/** One visible line of the tree. */
export type TreeRow =
  | {
      kind: 'dataset';
      key: string;
      level: 1;
      place: number;
      of: number;
      expanded: boolean | null;
      dataset: DatasetInfo;
    }
  | { kind: 'run'; key: string; level: 2; place: number; of: number; run: RunInfo };

export const datasetKey = (id: number): string => `dataset-${id}`;
export const runKey = (id: number): string => `run-${id}`;

/**
 * The lines that are visible: every dataset, and the runs of those that are not collapsed, oldest first.
 *
 * @param collapsed keys of datasets whose runs are hidden
 */
export function treeRows(datasets: DatasetInfo[], runs: RunInfo[], collapsed: ReadonlySet<string>): TreeRow[] {
  return datasets.flatMap((dataset, i): TreeRow[] => {
    const key = datasetKey(dataset.id);
    const own = runs.filter((run) => run.datasetId === dataset.id);
    const expanded = own.length === 0 ? null : !collapsed.has(key);
    return [
      { kind: 'dataset', key, level: 1, place: i + 1, of: datasets.length, expanded, dataset },
      ...(expanded === true
        ? own.map((run, r): TreeRow => ({
            kind: 'run',
            key: runKey(run.id),
            level: 2,
            place: r + 1,
            of: own.length,
            run,
          }))
        : []),
    ];
  });
}

/** What a key does in a tree: go to a line, open or close one. Null: the tree has no use for it. */
export type TreeMove = { focus: string } | { collapse: string } | { expand: string } | null;

/** The keys of the tree pattern of the ARIA Authoring Practices Guide. */
export function treeMove(rows: TreeRow[], from: string | null, pressed: string): TreeMove {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.key === from),
  );
  const row = rows[at];
  if (row === undefined) return null;
  const to = (place: number): TreeMove => ({ focus: rows[Math.min(rows.length - 1, Math.max(0, place))].key });
  switch (pressed) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (row.kind === 'run' || row.expanded === null) return null;
      return row.expanded ? to(at + 1) : { expand: row.key };
    case 'ArrowLeft':
      if (row.kind === 'run') return { focus: datasetKey(row.run.datasetId) };
      return row.expanded === true ? { collapse: row.key } : null;
    default:
      return null;
  }
}
