/**
 * How well does a count model predict cells that did not train? Prints the held-out negative log-likelihood per entry that the
 * training itself records (library size of each cell known where the method takes it as known), epochs, seconds an epoch and the
 * further figures of the run; beside them the gene-wise negative binomial as the floor.
 *
 *   node build/experiments/count-likelihood.ts DATA SEEDS METHOD:PRESET[:key=value,…] …
 */
import type { DatasetSource } from '../../main/dataset/dataset-source.ts';
import { startEngine } from '../../main/engine/start-engine.ts';
import { detectReader } from '../../main/formats/registry.ts';
import { geneNbNll } from '../../main/methods/counts/fixtures/gene-nb-nll.ts';
import type { EpochRecord } from '../../main/methods/method.ts';
import { getMethod, getPreset, resolveParameters } from '../../main/methods/registry.ts';
import { splitObservations } from '../../main/methods/training/split.ts';
import { buildExpressionSource } from '../../main/preprocess/build-expression-source.ts';
import { recipeSchema } from '../../main/preprocess/recipe.ts';
import { wholeMatrix } from './whole-matrix.ts';

const [path, seedCount, ...settings] = process.argv.slice(2);
const dataset = await open(path);
const counts = await wholeMatrix(dataset);
const engine = await startEngine();

for (const setting of settings) {
  const [methodId, presetId, assignments = ''] = setting.split(':');
  const overrides = Object.fromEntries(
    assignments
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  );
  const method = getMethod(methodId);
  const recipe = recipeSchema.parse({
    filter: { var: { minCells: 3 } },
    normalisation: getPreset(method, presetId).normalisation,
  });
  const data = await buildExpressionSource({ counts, varNames: dataset.var.names, recipe });
  for (let seed = 0; seed < Number(seedCount); seed++) {
    const epochs: EpochRecord[] = [];
    const startedAt = performance.now();
    const { summary } = await method.train({
      data,
      parameters: resolveParameters(method, presetId, overrides),
      seed,
      engine,
      report: () => {},
      record: (epoch) => {
        epochs.push(epoch);
        console.error(epoch.epoch, Math.round((performance.now() - startedAt) / 1000), epoch.train, epoch.heldOut);
      },
      resumeFrom: null,
      checkpoint: () => {},
    });
    const { training, heldOut } = splitObservations(data.nObs, 0.1, seed);
    const floors = [true, false].map((known) => geneNbNll(data.counts, data.librarySize, training, heldOut, known));
    const best = Math.min(...epochs.map(({ heldOut: terms }) => terms?.nll ?? terms?.total ?? NaN));
    const last = epochs[epochs.length - 1];
    const nTraining = training.length;
    console.log(
      `${setting} seed ${seed}, ${data.nObs} × ${data.nVar}: held-out NLL ${best.toFixed(5)} | gene-wise NB ${floors[0].toFixed(5)} with, ${floors[1].toFixed(5)} without library size (random split) | ${(nTraining / last.obsPerSecond).toFixed(2)} s/epoch, ${((performance.now() - startedAt) / 1000).toFixed(0)} s | ${JSON.stringify(summary)}`,
    );
  }
}
process.exit(0);

async function open(what: string): Promise<DatasetSource> {
  const [file, query = ''] = what.split('?');
  const reader = await detectReader(file);
  return reader.open(file, Object.fromEntries(new URLSearchParams(query)));
}
