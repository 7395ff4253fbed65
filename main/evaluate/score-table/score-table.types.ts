import type { RunInfo, ScoreRow } from '../../projects/project.types.ts';

/** What a table needs to know of a run; a `RunInfo` fits. */
export type ScoredRun = Pick<
  RunInfo,
  'id' | 'name' | 'datasetId' | 'method' | 'preset' | 'parameters' | 'recipe' | 'seed'
> & { protocol?: Record<string, unknown> };

export interface ScoreTableInput {
  scores: readonly ScoreRow[];
  runs: readonly ScoredRun[];
  /** Name of each dataset; its number stands in where it is not given. */
  datasetNames?: ReadonlyMap<number, string>;
  /** Title of each method by id; the id stands in where it is not given. */
  methodTitles?: ReadonlyMap<string, string>;
  /** Ids of the methods that are floors: what every other method has to beat. */
  floorMethods?: ReadonlySet<string>;
}

/** One metric, against one obs column of labels. */
export interface ScoreColumn {
  metric: string;
  /** The obs column compared with; '' where none is. */
  labels: string;
  /** 'ARI', or 'ARI (cell_type)' where the table compares with several obs columns. */
  title: string;
  higherIsBetter: boolean | null;
  digits: number;
}

export interface ScoreCell {
  /** Mean over the runs that have the figure. */
  mean: number;
  /** Standard deviation over seeds, ddof 1; null for a single run. */
  sd: number | null;
  /** Runs with the figure. */
  n: number;
  /** Best mean of the column in its dataset. Ties are all best. */
  best: boolean;
  /** Whether it is better than the floor; null for floors, without a floor, and for metrics without a direction. */
  beatsFloor: boolean | null;
}

/** Runs that differ only in the seed, in one space with one clustering. */
export interface ScoreTableRow {
  datasetId: number;
  dataset: string;
  /** What was held out, in a few words; '' where nothing was. */
  protocol: string;
  method: string;
  methodTitle: string;
  preset: string;
  /**
   * What tells this row from others of the same method and preset: changed parameters as `latentDim=10`, a recipe that
   * differs as `recipe 2`; '' where nothing needs telling.
   */
  variant: string;
  space: string;
  clustering: string;
  runIds: number[];
  seeds: number[];
  isFloor: boolean;
  /** One a column; null where there is no figure. */
  cells: (ScoreCell | null)[];
}

export interface ScoreTable {
  columns: ScoreColumn[];
  rows: ScoreTableRow[];
}
