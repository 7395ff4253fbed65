import type { DatasetInfo, RunInfo, StudyInfo } from '../../app/project.svelte.ts';

/** The line of a benchmark or search, with those of its runs that are of one dataset. */
export interface StudyRow {
  kind: 'study';
  key: string;
  level: 2;
  place: number;
  of: number;
  expanded: boolean;
  study: StudyInfo;
  dataset: DatasetInfo;
  runs: RunInfo[];
}

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
  | StudyRow
  | { kind: 'run'; key: string; level: 2 | 3; place: number; of: number; parent: string; run: RunInfo };

export const datasetKey = (id: number): string => `dataset-${id}`;
export const runKey = (id: number): string => `run-${id}`;
export const studyKey = (id: number, dataset: number): string => `study-${id}-${dataset}`;

/**
 * The lines that are visible: every dataset with its runs, oldest first; runs of a benchmark or search are under one
 * line of their own, where the first of them would be.
 *
 * @param toggled keys of datasets whose runs are hidden, and of benchmarks and searches whose runs are shown
 */
export function treeRows(
  datasets: readonly DatasetInfo[],
  runs: readonly RunInfo[],
  studies: readonly StudyInfo[],
  toggled: ReadonlySet<string>,
): TreeRow[] {
  const studyOf = new Map(studies.toReversed().flatMap((study) => study.runIds.map((id) => [id, study] as const)));
  return datasets.flatMap((dataset, i): TreeRow[] => {
    const key = datasetKey(dataset.id);
    const own = runs.filter((run) => run.datasetId === dataset.id);
    const expanded = own.length === 0 ? null : !toggled.has(key);
    const line: TreeRow = { kind: 'dataset', key, level: 1, place: i + 1, of: datasets.length, expanded, dataset };
    if (expanded !== true) return [line];
    const groups = Map.groupBy(own, (run) => studyOf.get(run.id) ?? run);
    return [line, ...[...groups.values()].flatMap((group, at) => groupRows(group, dataset, at + 1, groups.size))];
  });

  function groupRows(group: RunInfo[], dataset: DatasetInfo, place: number, of: number): TreeRow[] {
    const study = studyOf.get(group[0].id);
    if (study === undefined)
      return [
        { kind: 'run', key: runKey(group[0].id), level: 2, place, of, parent: datasetKey(dataset.id), run: group[0] },
      ];
    const key = studyKey(study.id, dataset.id);
    const expanded = toggled.has(key);
    const line: StudyRow = { kind: 'study', key, level: 2, place, of, expanded, study, dataset, runs: group };
    if (!expanded) return [line];
    return [
      line,
      ...group.map((run, r): TreeRow => ({
        kind: 'run',
        key: runKey(run.id),
        level: 3,
        place: r + 1,
        of: group.length,
        parent: key,
        run,
      })),
    ];
  }
}

/** What a key does in a tree: go to a line, open or close one. Null: the tree has no use for it. */
export type TreeMove = { focus: string } | { collapse: string } | { expand: string } | null;

/** The keys of the tree pattern of the ARIA Authoring Practices Guide. */
export function treeMove(rows: readonly TreeRow[], from: string | null, pressed: string): TreeMove {
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
      if (row.kind === 'run') return { focus: row.parent };
      if (row.expanded === true) return { collapse: row.key };
      return row.kind === 'study' ? { focus: datasetKey(row.dataset.id) } : null;
    default:
      return null;
  }
}
