import type { Study, StudyChoice, StudySpec, StudyTable } from '../../contract/entities/study.ts';
import type { Citation, EpochRecord } from '../../methods/method.ts';
import type { DatasetInfo, RunInfo, ScoreRow } from '../../projects/project.types.ts';
import type { RunRequest, ScoreRequest } from '../requests.ts';

/** A training of a study, and where it stands in the tables; once for every seed. */
export interface StudyRun {
  /** What its row is called, column by column. */
  head: readonly string[];
  /** What its runs are called, without the seed. */
  name: string;
  request: Pick<RunRequest, 'method' | 'preset' | 'set' | 'normalisation'>;
  /** Not among those that are compared: a floor. */
  reference?: boolean;
}

/** The stored runs of one row, with what is known of them. */
export interface StudyRow {
  head: readonly string[];
  reference: boolean;
  runs: readonly RunInfo[];
  scores: readonly ScoreRow[];
  /** By run. */
  histories: ReadonlyMap<number, readonly EpochRecord[]>;
}

/** A published comparison that can be run as a whole. */
export interface ReadyStudy {
  id: string;
  title: string;
  /** What it asks and what one gets, for a biologist. */
  description: string;
  paper: Citation;
  /** What its dataset must have, a sentence each. */
  needs: readonly string[];
  choices: readonly StudyChoice[];
  /** Epochs of the published settings; null where they differ between its models. */
  epochs: number | null;
  /** Why a dataset will not do; null where it does. Labels are seen to elsewhere. */
  refuses(dataset: DatasetInfo): string | null;
  /** The trainings of one seed, in the order of the tables. */
  runs(spec: StudySpec): StudyRun[];
  /** What each run is pictured and scored by. */
  scoring: Omit<ScoreRequest, 'runIds' | 'labels'> & { spaces: string[] };
  curves: Study['curves'];
  /** @param rows one for each of `runs`, in their order */
  tables(rows: readonly StudyRow[]): StudyTable[];
}

/** The values of a choice that are in force: those of the spec, else the defaults. */
export function chosen(study: Pick<ReadyStudy, 'choices'>, spec: StudySpec, choiceId: string): string[] {
  const choice = study.choices.find(({ id }) => id === choiceId);
  const wanted = spec.choices[choiceId];
  return (choice?.values ?? [])
    .filter(({ id, isDefault }) => (wanted === undefined ? isDefault : wanted.includes(id)))
    .map(({ id }) => id);
}
