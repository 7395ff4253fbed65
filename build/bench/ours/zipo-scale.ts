/**
 * ZiPo at the size of its paper's Liver set: 68,100 cells × 19,536 genes, 9 % nonzero, simulated; the encoder that the paper
 * chose, 2048-1024-512-256-128. Imports the file and trains one whole epoch with its held-out cells and the final output, as the
 * application does: every job in a process of its own. Says how much memory all processes held at once, and how long the epoch took.
 *
 * LACUNA_BENCH_CELLS=5000 takes fewer cells. The file is made once and kept in the folder for temporary files.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaCore } from '../../../main/core/lacuna-core.ts';
import type { Figures } from '../figures.ts';
import { makeSparseFile } from './made-sparse-file.ts';
import { ProcessWatch } from './process-watch.ts';

const CELLS = Number(process.env.LACUNA_BENCH_CELLS ?? 68_100);
const GENES = 19_536;
const LIMIT_MEGABYTES = 8000;
const BATCH = 256;

const path = join(tmpdir(), `lacuna-bench-cells-${CELLS}.h5ad`);
console.error(`making ${path}`);
await makeSparseFile(path, { cells: CELLS, genes: GENES, types: 12, dropout: 0.2 });
const folder = mkdtempSync(join(tmpdir(), 'lacuna-bench-'));
const core = new LacunaCore({ keepSpare: false });
const watch = new ProcessWatch();
try {
  const project = core.createProject(join(folder, 'scale.lacuna'));
  const imported = await watch.stage(() => core.waitFor(core.importInto(project, { paths: [path] }).id));
  console.error(`imported in ${imported.seconds.toFixed(0)} s`);
  const { run, job } = core.startRun(project, { method: 'zipo', preset: 'paper', set: { epochs: 1 } });
  const training = await watch.stage(() => core.waitFor(job.id));
  const [epoch] = project.runs.history(run.id);
  const { nnz } = project.datasets.list()[0];
  const trained = Math.round(0.9 * CELLS);
  const figures: Figures = {
    figures: [
      {
        name: 'import: most memory of all processes',
        unit: 'MB',
        lacuna: imported.peakBytes / 1e6,
        limit: LIMIT_MEGABYTES,
      },
      {
        name: 'training: most memory of all processes',
        unit: 'MB',
        lacuna: training.peakBytes / 1e6,
        limit: LIMIT_MEGABYTES,
      },
      { name: 'one epoch of 90 % of the cells: on the clock', unit: 's', lacuna: trained / epoch.obsPerSecond },
      {
        name: 'one step of 256 cells: on the clock',
        unit: 's',
        lacuna: trained / epoch.obsPerSecond / Math.ceil(trained / BATCH),
      },
      {
        name: 'the whole run of one epoch with held-out loss and outputs: on the clock',
        unit: 's',
        lacuna: training.seconds,
      },
      { name: 'the same: processor time', unit: 's', lacuna: training.processorSeconds },
    ],
    note: `${CELLS.toLocaleString('en-US')} cells × ${GENES.toLocaleString('en-US')} genes, share of nonzero entries ${(nnz / (CELLS * GENES)).toFixed(3)}; preset paper, one whole epoch measured, nothing extrapolated. Memory: resident pages of the core and its workers, looked at twice a second.${loadavg()[1] > availableParallelism() + 1 ? ` Other programs kept the processors busy meanwhile (load ${loadavg()[1].toFixed(0)}): read the time of the processors.` : ''}`,
  };
  console.log(JSON.stringify(figures));
} finally {
  watch.stop();
  await core.close();
  rmSync(folder, { recursive: true, force: true });
}
