import type { RunDescription } from '../methods-text/run-description.ts';
import type { ScoreTable } from '../../evaluate/score-table/score-table.types.ts';

/** Everything that stands in the report of a project, as plain data and finished pictures. */
export interface ReportData {
  project: { title: string; uuid: string; file: string; createdAt: string };
  /** Version of the application that writes the report. */
  lacuna: string;
  /** When it is written, ISO 8601; the one thing in which two reports of the same project differ. */
  writtenAt: string;
  datasets: ReportDataset[];
  runs: ReportRun[];
  tables: ReportTable[];
  commands: CommandBlock[];
  /** What was left out and why; sentences. */
  notes: string[];
}

export interface ReportDataset {
  id: number;
  name: string;
  /** 'cell', 'spot' */
  observation: string;
  nObs: number;
  nVar: number;
  nnz: number;
  /** 'counts', 'integers', 'real' … */
  valueKind: string;
  format: string;
  importedAt: string;
  files: { name: string; bytes: number; sha256: string | null }[];
  options: Record<string, string>;
  warnings: string[];
  /** SHA-256 of the stored matrix, independent of the file format. */
  contentSha256: string;
  columns: { name: string; kind: string; groups: number | null }[];
  positions: { name: string; nDim: number; unit: string }[];
  quality: ReportQuality;
}

export interface ReportQuality {
  measures: { title: string; unit: string; min: number; median: number; max: number; limits: string; svg: string }[];
  /** 'keeps 2,511 of 2,700 cells' */
  kept: { obs: string; var: string };
  /** What each rule would keep alone. */
  rules: { text: string; kept: number; total: number; noun: string }[];
  /** Plain sentences. */
  notes: string[];
}

export interface ReportRun {
  id: number;
  name: string;
  datasetId: number;
  startedAt: string | null;
  /** What was held out, in a few words; '' where nothing was. */
  protocol: string;
  description: RunDescription;
  /** An earlier run of the report that differs in the seed alone; null for the first of its kind. */
  repeats: number | null;
  figures: { caption: string; svg: string }[];
  /** Null for methods without epochs. */
  losses: string | null;
}

export interface ReportTable {
  title: string;
  /** A sentence under the title. */
  note: string;
  table: ScoreTable;
}

export interface CommandBlock {
  title: string;
  lines: string[];
  notes: string[];
}
