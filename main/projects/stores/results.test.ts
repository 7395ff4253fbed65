import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProject } from '../create-project.ts';
import { openProject } from '../open-project.ts';
import type { Project, ScoreRow } from '../project.types.ts';
import { madeOutcome, madeSpec } from '../testing/made-run.ts';
import { madeMatrix, madeSource } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { thrownBy } from '../testing/thrown.ts';

async function projectWithRuns(): Promise<{ project: Project; datasetId: number; a: number; b: number }> {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id: datasetId } = await project.datasets.import(madeSource(madeMatrix(40, 30, 0.2, 1)));
  return {
    project,
    datasetId,
    a: project.runs.create(madeSpec(datasetId)).id,
    b: project.runs.create(madeSpec(datasetId, { seed: 2 })).id,
  };
}

describe('embeddings', () => {
  const umap = {
    space: 'latent',
    kind: 'umap',
    nDim: 2,
    parameters: { neighbours: 15, spread: 1 },
    wallSeconds: 3,
  } as const;

  it('are found by what they were made from, whatever the order of the parameters', async () => {
    const { project, datasetId, a, b } = await projectWithRuns();
    const values = Float32Array.from({ length: 80 }, (_, i) => i / 7);
    const stored = project.embeddings.put({ ...umap, datasetId, runId: a }, values);
    project.close();
    const again = openProject(project.path);
    const { embeddings } = again;
    expect(embeddings.find({ ...umap, runId: a, parameters: { spread: 1, neighbours: 15 } })).toEqual(stored);
    expect(embeddings.values(stored.id)).toEqual({ nDim: 2, values });
    for (const other of [
      { runId: b },
      { runId: null },
      { space: 'denoised' },
      { nDim: 3 },
      { kind: 'tsne' as const },
      { parameters: { neighbours: 16, spread: 1 } },
    ]) {
      expect(embeddings.find({ ...umap, runId: a, ...other })).toBeNull();
    }
    expect(embeddings.list(a)).toEqual([stored]);
    expect(embeddings.list(b)).toEqual([]);
    expect((await thrownBy(() => embeddings.values(99))).code).toBe('not-found');
    again.close();
  });

  it('are replaced when made again, and told apart by dataset when there is no run', async () => {
    const { project, datasetId } = await projectWithRuns();
    const second = await project.datasets.import(madeSource(madeMatrix(10, 30, 0.2, 1)));
    const first = project.embeddings.put({ ...umap, datasetId, runId: null }, new Float32Array(80));
    const other = project.embeddings.put({ ...umap, datasetId: second.id, runId: null }, new Float32Array(20));
    const again = project.embeddings.put({ ...umap, datasetId, runId: null }, new Float32Array(80).fill(1));
    expect(project.embeddings.list().map(({ id }) => id)).toEqual([other.id, again.id]);
    expect(again.id).not.toBe(first.id);
    expect(project.embeddings.find({ ...umap, runId: null, datasetId: second.id })).toEqual(other);
    expect(project.embeddings.find({ ...umap, runId: null, datasetId })).toEqual(again);
    expect(
      (await thrownBy(() => project.embeddings.put({ ...umap, datasetId, runId: 99 }, new Float32Array(2)))).code,
    ).toBe('not-found');
    project.close();
  });

  it('go with their run, and when their run is trained anew', async () => {
    const { project, datasetId, a, b } = await projectWithRuns();
    for (const runId of [a, b]) {
      project.runs.finish(runId, madeOutcome(40, 30));
      project.embeddings.put({ ...umap, datasetId, runId }, new Float32Array(80));
    }
    project.runs.remove(a);
    expect(project.embeddings.list().map(({ runId }) => runId)).toEqual([b]);
    project.runs.restore(a);
    expect(project.embeddings.list()).toHaveLength(2);
    project.runs.finish(b, madeOutcome(40, 30, 1));
    expect(project.embeddings.list().map(({ runId }) => runId)).toEqual([a]);
    project.close();
  });
});

describe('clusterings', () => {
  it('are found by what they were made from, and replaced when made again', async () => {
    const { project, a, b } = await projectWithRuns();
    const leiden = { runId: a, space: 'latent', kind: 'leiden', parameters: { resolution: 1 } } as const;
    const codes = Int32Array.from({ length: 40 }, (_, i) => (i % 5) - 1);
    const stored = project.clusterings.put({ ...leiden, nClusters: 4 }, codes);
    expect(project.clusterings.find(leiden)).toEqual(stored);
    expect(project.clusterings.find({ ...leiden, runId: b })).toBeNull();
    expect(project.clusterings.find({ ...leiden, parameters: { resolution: 2 } })).toBeNull();
    expect(project.clusterings.codes(stored.id)).toEqual(codes);
    const again = project.clusterings.put({ ...leiden, nClusters: 2 }, codes);
    expect(project.clusterings.list(a)).toEqual([again]);
    expect((await thrownBy(() => project.clusterings.codes(stored.id))).code).toBe('not-found');
    expect((await thrownBy(() => project.clusterings.put({ ...leiden, runId: 99, nClusters: 2 }, codes))).code).toBe(
      'not-found',
    );
    project.close();
  });
});

describe('scores', () => {
  it('are replaced figure by figure', async () => {
    const { project, a, b } = await projectWithRuns();
    const row = (runId: number, metric: string, value: number, seed = 0): ScoreRow => ({
      runId,
      space: 'latent',
      clustering: 'kmeans',
      metric,
      value,
      labels: 'type',
      seed,
      protocol: { k: 8 },
      wallSeconds: 0.5,
    });
    project.scores.put([row(a, 'ARI', 0.6), row(a, 'NMI', NaN), row(b, 'ARI', 0.4)]);
    project.scores.put([row(a, 'ARI', 0.7, 3)]);
    const rows = project.scores.list();
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(expect.arrayContaining([row(a, 'ARI', 0.7, 3), row(a, 'NMI', NaN), row(b, 'ARI', 0.4)]));
    expect(project.scores.list({ runIds: [b] })).toEqual([row(b, 'ARI', 0.4)]);
    expect(project.scores.list({ runIds: [] })).toEqual([]);
    expect((await thrownBy(() => project.scores.put([row(a, 'V', 1), row(99, 'V', 1)]))).code).toBe('not-found');
    expect(project.scores.list()).toHaveLength(3);
    project.runs.remove(a);
    expect(project.scores.list()).toEqual([row(b, 'ARI', 0.4)]);
    project.close();
  });
});
