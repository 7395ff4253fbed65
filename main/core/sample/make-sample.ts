import { simulate } from '../../simulate/simulate.ts';
import type { Project } from '../../projects/project.types.ts';
import type { LacunaCore } from '../lacuna-core.ts';

/** Small enough that everything is made in some twenty seconds, large enough that a denoised gene looks better than a raw one. */
const tissue = { spatial: true, cells: 1200, genes: 600, types: 5, dropout: 0.35, seed: 7 } as const;

/** What is trained on it; the last one is what the window shows first. */
const trainings = [
  { method: 'pca', name: 'PCA', set: {}, pictures: ['umap'] },
  { method: 'ae', name: 'Autoencoder', set: { epochs: 150 }, pictures: ['umap', 'tsne'] },
] as const;

/** Puts a simulated tissue into an empty project at once, and queues its runs, pictures and scores. */
export async function makeSample(
  core: LacunaCore,
  project: Project,
): Promise<{ datasetId: number; runIds: number[]; jobIds: string[] }> {
  const source = simulate(tissue);
  const dataset = await project.datasets.import(source).finally(() => source.close());
  const started = trainings.map(({ pictures, ...request }) => ({
    ...core.startRun(project, { ...request, datasetId: dataset.id, seed: 1 }),
    pictures,
  }));
  const pictures = started.flatMap(({ run, pictures: kinds }) =>
    kinds.map((method) => core.embed(project, { runId: run.id, method, parameters: { seed: 1 } })),
  );
  const runIds = started.map(({ run }) => run.id);
  const scores = core.score(project, {
    runIds,
    labels: 'region',
    spaces: ['latent', 'umap-2d'],
    clusterings: ['kmeans', 'leiden'],
    seed: 1,
  });
  return {
    datasetId: dataset.id,
    runIds,
    jobIds: [...started.map(({ job }) => job.id), ...pictures.map((job) => job.id), scores.id],
  };
}
