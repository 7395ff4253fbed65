import type { z } from 'zod';
import { studySpecSchema, type Study, type StudySpec, type studyInfoSchema } from '../../contract/entities/study.ts';
import { gradientHealth } from '../../contract/words/gradient-health.ts';
import { embeddingParameters } from '../../embed/embedding-parameters.ts';
import { parseSpace } from '../../jobs/tasks/space-name.ts';
import { canonicalJson } from '../../json/canonical-json.ts';
import { getMethod, getPreset, resolveParameters } from '../../methods/registry.ts';
import type { Project, RunInfo, StudyInfo } from '../../projects/project.types.ts';
import { normalisationSchema, type Normalisation } from '../../preprocess/recipe.ts';
import { viewRuns } from '../run-view.ts';
import { getReadyStudy } from './ready-studies.ts';
import type { ReadyStudy, StudyRow, StudyRun } from './ready-study.ts';
import { renderStudyDelimited, renderStudyLatex } from './render-study-table.ts';

/** A stored study as the ready-made one that it is. */
export function studyInfo({ id, title, spec, createdAt, runIds }: StudyInfo): z.infer<typeof studyInfoSchema> {
  return { id, title, spec: studySpecSchema.parse(spec), createdAt, runIds };
}

/** A study with its runs, and the tables and pictures that there are. @throws LacunaError `not-found` */
export function viewStudy(project: Project, studyId: number): Study {
  const info = studyInfo(project.studies.get(studyId));
  const ready = getReadyStudy(info.spec.study);
  const runs = info.runIds.map((id) => project.runs.get(id));
  const tables = ready.tables(rowsOf(project, ready, info.spec, runs)).filter(({ rows }) => rows.length > 0);
  return {
    ...info,
    runs: viewRuns(project, runs),
    labels: info.spec.labels ?? '',
    tables,
    texts: tables.map((table) => ({
      csv: renderStudyDelimited(table, ','),
      tsv: renderStudyDelimited(table, '\t'),
      latex: renderStudyLatex(table),
    })),
    pictures: runs.flatMap((run) => picturesOf(project, ready, run)),
    curves: ready.curves,
    remarks: runs.flatMap((run) => remarksOf(project, run)),
  };
}

/** Each planned row with the stored runs that have its settings. */
function rowsOf(project: Project, ready: ReadyStudy, spec: StudySpec, runs: readonly RunInfo[]): StudyRow[] {
  const byKey = Map.groupBy(runs, (run) => keyOf(run.method, run.preset, run.parameters, run.recipe.normalisation));
  const scores = runs.length === 0 ? [] : project.scores.list({ runIds: runs.map(({ id }) => id) });
  return ready.runs(spec).map(({ head, request, reference = false }) => {
    const own = byKey.get(plannedKey(request)) ?? [];
    const ids = new Set(own.map(({ id }) => id));
    return {
      head,
      reference,
      runs: own,
      scores: scores.filter(({ runId, labels }) => ids.has(runId) && labels === spec.labels),
      histories: new Map(own.map(({ id }) => [id, project.runs.history(id)])),
    };
  });
}

function plannedKey({ method: methodId, preset: presetId, set, normalisation }: StudyRun['request']): string {
  const method = getMethod(methodId);
  const preset = getPreset(method, presetId);
  const parameters = resolveParameters(method, preset.id, set ?? {});
  return keyOf(methodId, preset.id, parameters, normalisation ?? preset.normalisation);
}

function keyOf(method: string, preset: string, stored: Record<string, unknown>, normalisation: Normalisation): string {
  // Parsed again, so that a setting that came with a later version counts as its default in an earlier run.
  const parsed = getMethod(method).parameters.safeParse(stored);
  const parameters = parsed.success ? parsed.data : stored;
  return canonicalJson([method, preset, parameters, normalisationSchema.parse(normalisation)]);
}

function picturesOf(project: Project, { scoring }: ReadyStudy, run: RunInfo): Study['pictures'] {
  return scoring.spaces.flatMap((name) => {
    const { base, picture } = parseSpace(name);
    if (picture === null) return [];
    const { method: kind, nDim } = picture;
    const seed = scoring.seed ?? 1;
    const wanted = kind === 'pca' ? {} : { ...scoring.pictures?.[kind], seed };
    const parameters = embeddingParameters(kind, wanted);
    const found = project.embeddings.find({ runId: run.id, space: base, kind, nDim, parameters });
    const clustering = project.clusterings
      .list(run.id)
      .findLast((candidate) => candidate.space === name && candidate.kind === 'kmeans');
    return [{ run: run.id, space: name, kind, nDim, embedding: found?.id ?? null, clustering: clustering?.id ?? null }];
  });
}

function remarksOf(project: Project, run: RunInfo): Study['remarks'] {
  const health = gradientHealth(project.runs.history(run.id), {
    normalisation: run.recipe.normalisation,
    isBroken: run.error?.code === 'diverged',
  });
  return health.kind === 'steady' ? [] : [{ run: run.id, kind: health.kind, text: health.text }];
}
