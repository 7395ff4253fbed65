import { getMethod } from '../../../methods/registry.ts';
import { appVersion } from '../../../projects/file/app-version.ts';
import type { Project, RunInfo } from '../../../projects/project.types.ts';

/** Everything that is needed to repeat a run, as JSON: what was measured, what was done to it, with what and when. */
export function provenanceOf(project: Project, run: RunInfo): Record<string, unknown> {
  const dataset = project.datasets.get(run.datasetId);
  const method = getMethod(run.method);
  const { title, uuid } = project.info();
  return {
    lacuna: appVersion,
    project: { title, uuid },
    dataset: {
      name: dataset.name,
      nObs: dataset.nObs,
      nVar: dataset.nVar,
      nnz: dataset.nnz,
      valueKind: dataset.valueKind,
      importedAt: dataset.createdAt,
      source: dataset.provenance,
    },
    recipe: run.recipe,
    method: {
      id: method.id,
      title: method.title,
      family: method.family,
      paper: method.paper,
      preset: run.preset,
      parameters: run.parameters,
    },
    run: {
      id: run.id,
      name: run.name,
      seed: run.seed,
      protocol: run.protocol,
      nObs: run.nObs,
      nVar: run.nVar,
      device: run.device,
      versions: run.versions,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      wallSeconds: run.wallSeconds,
      summary: run.summary,
    },
    embeddings: project.embeddings
      .list(run.id)
      .map(({ space, kind, nDim, parameters }) => ({ space, kind, nDim, parameters })),
    clusterings: project.clusterings
      .list(run.id)
      .map(({ space, kind, nClusters, parameters }) => ({ space, kind, nClusters, parameters })),
  };
}
