/**
 * ZiPo at the size of its paper's Liver set: 68,100 cells × 19,536 genes, 9 % nonzero, simulated; the encoder that the paper
 * chose, 2048-1024-512-256-128. Imports the file and trains one whole epoch with its held-out cells and the final output, as the
 * application does: every job in a process of its own. Says how much memory all processes held at once, and how long the epoch took.
 *
 * LACUNA_BENCH_CELLS=5000 takes fewer cells; LACUNA_BENCH_STEPS=40 ends the training after so many steps and reckons the epoch from
 * them. The file is made once and kept in the folder for temporary files.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaCore } from '../../../main/core/lacuna-core.ts';
import { LacunaError } from '../../../main/errors/lacuna-error.ts';
import type { Figure, Figures } from '../figures.ts';
import { makeSparseFile } from './made-sparse-file.ts';
import { ProcessWatch } from './process-watch.ts';

const CELLS = Number(process.env.LACUNA_BENCH_CELLS ?? 68_100);
/** 0: a whole epoch, with its held-out cells and the output. */
const STEPS = Number(process.env.LACUNA_BENCH_STEPS ?? 0);
const GENES = 19_536;
const LIMIT_MEGABYTES = 8000;
const BATCH = 256;

/** What a step costs, from the second report on: before the first, data are loaded. */
class Pace {
  #first: { step: number; at: number; spent: number } | null = null;
  #last = { step: 0, at: 0, spent: 0 };
  readonly #spent: () => number;

  constructor(spent: () => number) {
    this.#spent = spent;
  }

  at(step: number): void {
    this.#last = { step, at: performance.now() / 1000, spent: this.#spent() };
    this.#first ??= this.#last;
  }

  /** Steps that were timed. */
  get steps(): number {
    return this.#last.step - (this.#first?.step ?? 0);
  }

  get seconds(): number {
    return (this.#last.at - (this.#first?.at ?? 0)) / this.steps;
  }

  get processorSeconds(): number {
    return (this.#last.spent - (this.#first?.spent ?? 0)) / this.steps;
  }
}

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
  const { job } = core.startRun(project, { method: 'zipo', preset: 'paper', set: { epochs: 1 } });
  const steps = Math.ceil(Math.round(0.9 * CELLS) / BATCH);
  const pace = new Pace(() => watch.look().processorSeconds);
  const training = await watch.stage(() =>
    core
      .waitFor(job.id, ({ stage, fraction }) => {
        if (stage !== 'Training' || fraction === null) return;
        pace.at(Math.round(fraction * steps));
        if (STEPS > 0 && pace.steps >= STEPS) core.jobs.cancel(job.id);
      })
      .catch((error: unknown) => {
        if (STEPS === 0 || !(error instanceof LacunaError) || error.code !== 'cancelled') throw error;
      }),
  );
  const { nnz } = project.datasets.list()[0];
  const memory = (stage: string, bytes: number): Figure => ({
    name: `${stage}: most memory of all processes`,
    unit: 'MB',
    lacuna: bytes / 1e6,
    limit: LIMIT_MEGABYTES,
  });
  const figures: Figures = {
    figures: [
      memory('import', imported.peakBytes),
      memory('training', training.peakBytes),
      { name: 'one step of 256 cells: on the clock', unit: 's', lacuna: pace.seconds },
      { name: 'one step of 256 cells: processor time', unit: 's', lacuna: pace.processorSeconds },
      { name: `an epoch of ${steps} steps: on the clock`, unit: 's', lacuna: steps * pace.seconds },
      { name: `an epoch of ${steps} steps: processor time`, unit: 's', lacuna: steps * pace.processorSeconds },
    ],
    note: `${CELLS.toLocaleString('en-US')} cells × ${GENES.toLocaleString('en-US')} genes, share of nonzero entries ${(nnz / (CELLS * GENES)).toFixed(3)}; preset paper; ${STEPS > 0 ? `the epoch is reckoned from ${pace.steps} steps` : 'a whole epoch with held-out cells and output'}. Memory: resident pages of the core and its workers, looked at twice a second.${loadavg()[1] > availableParallelism() + 1 ? ` Other programs kept the processors busy meanwhile (load ${loadavg()[1].toFixed(0)}): read the time of the processors.` : ''}`,
  };
  console.log(JSON.stringify(figures));
} finally {
  watch.stop();
  await core.close();
  rmSync(folder, { recursive: true, force: true });
}
