import type { z } from 'zod';
import type { benchmarkInfoSchema, benchmarkSchema } from '../../contract/entities/benchmark.ts';
import { pivotBenchmark } from '../../evaluate/score-table/pivot-benchmark.ts';
import { renderScoreTableDelimited } from '../../evaluate/score-table/render-delimited.ts';
import { renderScoreTableLatex } from '../../evaluate/score-table/render-latex.ts';
import type { Project, StudyInfo } from '../../projects/project.types.ts';
import { benchmarkSpecSchema } from '../../protocols/benchmark-spec.ts';
import { viewRuns } from '../run-view.ts';
import { projectScoreTable } from '../scores/project-score-table.ts';

export type BenchmarkInfo = z.infer<typeof benchmarkInfoSchema>;
export type Benchmark = z.infer<typeof benchmarkSchema>;

/** A stored study as the benchmark that it is. */
export function benchmarkInfo({ id, title, spec, createdAt, runIds }: StudyInfo): BenchmarkInfo {
  return { id, title, spec: benchmarkSpecSchema.parse(spec), createdAt, runIds };
}

/** A benchmark with its runs, and the table of the scores that there are. @throws LacunaError `not-found` */
export function viewBenchmark(project: Project, studyId: number): Benchmark {
  const info = benchmarkInfo(project.studies.get(studyId));
  const runs = viewRuns(
    project,
    info.runIds.map((id) => project.runs.get(id)),
  );
  const table = pivotBenchmark(projectScoreTable(project, { runIds: info.runIds }).table);
  return {
    ...info,
    runs,
    table,
    texts: {
      csv: renderScoreTableDelimited(table, ','),
      tsv: renderScoreTableDelimited(table, '\t'),
      latex: renderScoreTableLatex(table),
    },
  };
}
