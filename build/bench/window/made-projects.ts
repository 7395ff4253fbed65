import { existsSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaCore } from '../../../main/core/lacuna-core.ts';
import { simulate } from '../../../main/simulate/simulate.ts';
import { writeSimulated } from '../../../main/simulate/write-simulated.ts';
import { MADE_COLOURS, madePoints } from '../pages/made-points.ts';
import { madeCounts } from '../ours/made-counts.ts';

/** Made once on a computer, under names that change whenever what is made changes. */
const VERSION = 2;

/**
 * A project of 120,000 cells × 300 genes with a PCA run. Its stored UMAP is twelve round clusters that were made up, and
 * so are the Leiden clusters: real ones take minutes, and where the points lie and what they were coloured by does not
 * matter to how fast a gene colours them.
 */
export function largeProject(): Promise<string> {
  return once(`lacuna-bench-large-${VERSION}.lacuna`, async (path) => {
    const core = new LacunaCore();
    try {
      const project = core.createProject(path, 'Large');
      const dataset = await project.datasets.import(madeCounts(120_000, 300, 0.15));
      const { run, job } = core.startRun(project, { method: 'pca', set: { nComponents: 10 } });
      await core.waitFor(job.id);
      const points = madePoints(project.runs.axes(run.id).obsIndex.length);
      project.embeddings.put(
        {
          datasetId: dataset.id,
          runId: run.id,
          space: 'latent',
          kind: 'umap',
          nDim: 2,
          parameters: { madeUp: true },
          wallSeconds: 0,
        },
        points.positions,
      );
      project.clusterings.put(
        {
          runId: run.id,
          space: 'latent',
          kind: 'leiden',
          parameters: { resolution: 1, madeUp: true },
          nClusters: MADE_COLOURS.length,
        },
        points.codes,
      );
      await core.closeProject(project.info().uuid);
    } finally {
      await core.close();
    }
  });
}

/** A project of 8,000 simulated cells × 2,000 genes with a PCA run, to work in. */
export function workProject(): Promise<string> {
  return once(`lacuna-bench-work-${VERSION}.lacuna`, async (path) => {
    const core = new LacunaCore();
    try {
      const project = core.createProject(path, 'Work');
      const job = core.importInto(project, { paths: [await simulatedFile()] });
      await core.waitFor(job.id);
      await core.waitFor(core.startRun(project, { method: 'pca' }).job.id);
      await core.closeProject(project.info().uuid);
    } finally {
      await core.close();
    }
  });
}

/** A 10x .h5 of 8,000 simulated cells × 2,000 genes, to import. */
export function simulatedFile(): Promise<string> {
  return once(`lacuna-bench-cells-${VERSION}.h5`, (path) =>
    writeSimulated(path, simulate({ cells: 8_000, genes: 2_000, types: 8, counts: 3_000, seed: 5 })),
  );
}

async function once(name: string, make: (path: string) => Promise<unknown>): Promise<string> {
  const path = join(tmpdir(), name);
  if (existsSync(path)) return path;
  // Half a file of a run that was stopped must not be taken for a whole one.
  const making = join(tmpdir(), `making-${process.pid}-${name}`);
  await make(making);
  renameSync(making, path);
  return path;
}
