import { basename } from 'node:path';
import { buildScoreTable } from '../../../evaluate/score-table/build-score-table.ts';
import { pivotBenchmark } from '../../../evaluate/score-table/pivot-benchmark.ts';
import type { ScoreTable } from '../../../evaluate/score-table/score-table.types.ts';
import type { ReportData, ReportRun, ReportTable } from '../../../export/report/report-data.ts';
import { throwIfCancelled } from '../../../errors/lacuna-error.ts';
import { canonicalJson } from '../../../json/canonical-json.ts';
import { floorMethods } from '../../../methods/floor-methods.ts';
import { methods } from '../../../methods/registry.ts';
import { appVersion } from '../../../projects/file/app-version.ts';
import type { Project, RunInfo } from '../../../projects/project.types.ts';
import { describeProtocol, protocolOf } from '../../../protocols/protocol.ts';
import { describeRun } from '../export/write-report.ts';
import type { JobContext } from '../job-context.ts';
import { describeDataset } from './describe-dataset.ts';
import { repeatCommands } from './repeat-commands.ts';
import { runLosses, runPictures } from './run-pictures.ts';

const STUDIES: Record<string, string> = { benchmark: 'Benchmark', search: 'Search for settings' };

/** What the report shall hold; null: all of it. */
export interface ReportChoice {
  datasetIds: readonly number[] | null;
  runIds: readonly number[] | null;
}

/**
 * Everything that the report of a project tells. Nothing is computed that the project does not hold, apart from the
 * measures of quality.
 */
export async function gatherReport(context: JobContext, choice: ReportChoice, writtenAt: string): Promise<ReportData> {
  const { project, report, signal } = context;
  const datasets = project.datasets
    .list()
    .filter(({ id }) => choice.datasetIds === null || choice.datasetIds.includes(id))
    .toSorted((a, b) => a.id - b.id);
  const known = new Set(datasets.map(({ id }) => id));
  const wanted = project.runs
    .list()
    .filter((run) => known.has(run.datasetId) && (choice.runIds === null || choice.runIds.includes(run.id)))
    .toSorted((a, b) => a.id - b.id);
  const runs = wanted.filter((run) => run.state === 'done');
  const described = [];
  for (const dataset of datasets)
    described.push(
      await describeDataset(project, dataset, {
        signal,
        report: ({ stage }) => report({ stage: `${stage} of ${dataset.name}`, fraction: null }),
      }),
    );
  const told: ReportRun[] = [];
  for (const [at, run] of runs.entries()) {
    throwIfCancelled(signal);
    report({ stage: `Drawing ${run.name}`, fraction: at / runs.length });
    told.push({
      id: run.id,
      name: run.name,
      datasetId: run.datasetId,
      startedAt: run.startedAt,
      protocol: protocolWords(run),
      description: describeRun(project, run),
      repeats: repeatOf(run, runs.slice(0, at)),
      figures: await runPictures(context, run),
      losses: runLosses(context, run),
    });
  }
  const ids = new Set(runs.map(({ id }) => id));
  const studies = project.studies.list().filter(({ runIds }) => runIds.some((id) => ids.has(id)));
  const inStudies = new Set(studies.flatMap(({ runIds }) => runIds));
  const single = runs.filter(({ id }) => !inStudies.has(id));
  const { title, uuid, createdAt } = project.info();
  return {
    project: { title, uuid, file: basename(project.path), createdAt },
    lacuna: appVersion,
    writtenAt,
    datasets: described,
    runs: told,
    tables: tablesOf(
      project,
      single,
      studies.map((study) => ({
        title: `${STUDIES[study.kind] ?? 'Study'}: ${study.title}`,
        runs: runs.filter(({ id }) => study.runIds.includes(id)),
      })),
    ),
    commands: repeatCommands(project, datasets, single, studies),
    notes: notesOf(wanted, runs),
  };
}

function tablesOf(
  project: Project,
  single: readonly RunInfo[],
  studies: readonly { title: string; runs: readonly RunInfo[] }[],
): ReportTable[] {
  const seeds =
    'Mean ± standard deviation over seeds; the best figure of each column is bold, darker is better, floors are what every method has to beat.';
  return [
    { title: 'Scores of the runs', note: seeds, table: tableOf(project, single) },
    ...studies.map(({ title, runs }) => ({
      title,
      note: seeds,
      table: pivotBenchmark(tableOf(project, runs)),
    })),
  ].filter(({ table }) => table.rows.length > 0);
}

function tableOf(project: Project, runs: readonly RunInfo[]): ScoreTable {
  return buildScoreTable({
    scores: runs.length === 0 ? [] : project.scores.list({ runIds: runs.map(({ id }) => id) }),
    runs,
    datasetNames: new Map(project.datasets.list().map(({ id, name }) => [id, name])),
    methodTitles: new Map(methods.map(({ id, title }) => [id, title])),
    floorMethods,
  });
}

/** The first of the earlier runs that differs in the seed alone. */
function repeatOf(run: RunInfo, earlier: readonly RunInfo[]): number | null {
  const key = ({ datasetId, method, preset, parameters, recipe, protocol }: RunInfo): string =>
    canonicalJson([datasetId, method, preset, parameters, recipe, { ...protocol, seed: 0 }]);
  return earlier.find((other) => key(other) === key(run))?.id ?? null;
}

function protocolWords(run: RunInfo): string {
  const protocol = protocolOf(run.protocol);
  return protocol.kind === 'clustering' ? '' : describeProtocol(protocol);
}

function notesOf(wanted: readonly RunInfo[], told: readonly RunInfo[]): string[] {
  const left = wanted.filter((run) => run.state !== 'done').map(({ name, state }) => `${name} (${state})`);
  const notes = told.length === 0 ? ['There is no finished run in this report.'] : [];
  if (left.length > 0) notes.push(`Not finished, and so not told of: ${left.join(', ')}.`);
  return notes;
}
