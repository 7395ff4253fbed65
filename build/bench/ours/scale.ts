/**
 * The largest section of the papers, simulated: 121,756 spots × 26,159 genes, 9 % nonzero (mouse embryo E16.5). Imports
 * it, trains SUICA on four fifths of the spots for a few epochs, predicts the others, scores and exports, as the application
 * does: every job in a process of its own. Says how much memory all processes held at once and how long an epoch took,
 * at 10,000, 30,000 and 121,756 spots.
 *
 * LACUNA_BENCH_SPOTS=10000,30000 takes other sizes. Files are made once and kept in the folder for temporary files.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaCore } from '../../../main/core/lacuna-core.ts';
import type { Project } from '../../../main/projects/project.types.ts';
import type { Figure, Figures } from '../figures.ts';
import { makeSparseFile } from './made-sparse-file.ts';
import { ProcessWatch, type Look, type StageNeeds } from './process-watch.ts';

const GENES = 26_159;
const LIMIT_MEGABYTES = 12_000;
/** Of the smallest size: enough to see whether memory grows with them. */
const MANY_EPOCHS = 5;
const EPOCHS = 3;
/** Share of the spots that is seen. */
const TRAINED = 0.8;

interface Passed {
  spots: number;
  stages: Record<'import' | 'training' | 'scores' | 'export', StageNeeds>;
  /** Median time of the processors for an epoch of the autoencoder, and of tuning, seconds. */
  autoencoderSeconds: number;
  tuningSeconds: number;
  /** The same of the autoencoder on the clock. */
  clockSeconds: number;
  /** Most memory in the last epoch of the autoencoder against the second. */
  growth: number;
  entries: number;
}

const sizes = (process.env.LACUNA_BENCH_SPOTS ?? '10000,30000,121756').split(',').map(Number);
const passed: Passed[] = [];
for (const [i, spots] of sizes.entries()) passed.push(await pass(spots, i === 0 ? MANY_EPOCHS : EPOCHS));

const [first] = passed;
const last = passed[passed.length - 1];
const figures: Figure[] = passed.flatMap(
  ({ spots, stages, autoencoderSeconds, tuningSeconds, clockSeconds }): Figure[] => {
    const name = spots.toLocaleString('en-US');
    const peak = (stage: keyof Passed['stages']): Figure => ({
      name: `${name} spots, ${stage}: most memory of all processes`,
      unit: 'MB',
      lacuna: stages[stage].peakBytes / 1e6,
      limit: LIMIT_MEGABYTES,
    });
    const time = (stage: keyof Passed['stages']): Figure => ({
      name: `${name} spots, ${stage}: processor time in all`,
      unit: 's',
      lacuna: stages[stage].processorSeconds,
    });
    return [
      peak('import'),
      peak('training'),
      peak('scores'),
      peak('export'),
      { name: `${name} spots, epoch of the autoencoder: processor time`, unit: 's', lacuna: autoencoderSeconds },
      { name: `${name} spots, epoch of the autoencoder: on the clock`, unit: 's', lacuna: clockSeconds },
      { name: `${name} spots, epoch of tuning: processor time`, unit: 's', lacuna: tuningSeconds },
      time('import'),
      time('training'),
      time('scores'),
      time('export'),
    ];
  },
);
figures.push({
  name: `memory of epoch ${MANY_EPOCHS} against epoch 2, ${first.spots.toLocaleString('en-US')} spots`,
  unit: '×',
  lacuna: first.growth,
  limit: 1.1,
});
if (passed.length > 1)
  figures.push({
    name: 'processor time of an epoch for each spot, largest against smallest',
    unit: '×',
    lacuna: last.autoencoderSeconds / last.spots / (first.autoencoderSeconds / first.spots),
    limit: 1.5,
  });
const entries = passed.map(({ entries: n, spots }) => `${(n / (spots * GENES)).toFixed(3)}`).join(', ');
const busy = loadavg()[1] > availableParallelism() + 1 ? ' Other programs kept the processors busy meanwhile.' : '';
const note = `${GENES.toLocaleString('en-US')} genes; share of nonzero entries ${entries}. Memory: resident pages of the core and its workers, looked at twice a second.${busy}`;
console.log(JSON.stringify({ figures, note } satisfies Figures));

async function pass(spots: number, epochs: number): Promise<Passed> {
  const path = join(tmpdir(), `lacuna-bench-tissue-${spots}.h5ad`);
  say(`${spots} spots: making the file`);
  await makeSparseFile(path, {
    cells: spots,
    genes: GENES,
    types: 12,
    spatial: true,
    tissue: 'lobes',
    grid: 'square',
    dropout: 0,
  });
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-bench-'));
  const core = new LacunaCore({ keepSpare: false });
  /** Most memory in every epoch, and what the processors had spent at its end. */
  const epochsSeen: Look[] = [];
  let epochsDone = (): number => -1;
  const watch = new ProcessWatch(({ bytes, processorSeconds }) => {
    const now = epochsDone();
    if (now < 0) return;
    epochsSeen[now] = { bytes: Math.max(epochsSeen[now]?.bytes ?? 0, bytes), processorSeconds };
  });
  try {
    const project = core.createProject(join(folder, 'scale.lacuna'));
    const imported = await watch.stage(() => finish(core, core.importInto(project, { paths: [path] }).id));
    say(`${spots} spots: imported`, imported);
    const set = { autoencoderEpochs: epochs, fieldEpochs: EPOCHS, tuningEpochs: EPOCHS, trialEpochs: 1 };
    const { run, job } = core.startRun(project, {
      method: 'suica',
      set,
      protocol: { kind: 'spatial-imputation', trainShare: 0.8, testShare: 0.2, seed: 1 },
    });
    epochsDone = () => project.runs.history(run.id).length;
    const training = await watch.stage(() => finish(core, job.id));
    epochsDone = () => -1;
    say(`${spots} spots: trained`, training);
    const scores = await watch.stage(() =>
      finish(core, core.evaluate(project, { runIds: [run.id], clusterings: [] }).id),
    );
    say(`${spots} spots: scored ${scoresOf(project, run.id)}`, scores);
    const out = join(folder, 'denoised.h5ad');
    const request = { what: 'denoised', out, runId: run.id, scale: 'model', minValue: 0.05 } as const;
    const exported = await watch.stage(() => finish(core, core.export(project, request).id));
    say(`${spots} spots: exported`, exported);
    const history = project.runs.history(run.id);
    return {
      spots,
      stages: { import: imported, training, scores, export: exported },
      autoencoderSeconds: median(
        // Before the first epoch, data are loaded.
        Array.from({ length: epochs - 1 }, (_, e) => spentIn(epochsSeen, e + 1) / TRAINED),
      ),
      tuningSeconds: median(
        Array.from({ length: EPOCHS }, (_, e) => spentIn(epochsSeen, history.length - EPOCHS + e) / TRAINED),
      ),
      clockSeconds: median(history.slice(0, epochs).map(({ obsPerSecond }) => spots / obsPerSecond)),
      growth: epochsSeen[epochs - 1].bytes / epochsSeen[1].bytes,
      entries: project.datasets.list()[0].nnz,
    };
  } finally {
    watch.stop();
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function finish(core: LacunaCore, jobId: string): Promise<void> {
  await core.waitFor(jobId);
}

/** What the processors spent in an epoch, as far as two looks a second can tell. */
function spentIn(epochs: (Look | undefined)[], epoch: number): number {
  // An epoch of the network of position may pass between two looks.
  const before = epochs.slice(0, epoch).findLast((look) => look !== undefined);
  return (epochs[epoch]?.processorSeconds ?? 0) - (before?.processorSeconds ?? 0);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function scoresOf(project: Project, runId: number): string {
  const found = project.scores.list({ runIds: [runId] }).filter(({ metric }) => metric.startsWith('mse'));
  return found.map(({ metric, value }) => `${metric} ${value.toPrecision(4)}`).join(', ');
}

function say(what: string, needs?: StageNeeds): void {
  const figures = needs
    ? `: ${(needs.peakBytes / 1e6).toFixed(0)} MB, ${needs.processorSeconds.toFixed(0)} s of the processors in ${needs.seconds.toFixed(0)} s`
    : '';
  console.error(`${what}${figures}; load ${loadavg()[0].toFixed(1)}`);
}
