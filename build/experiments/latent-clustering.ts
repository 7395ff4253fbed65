/**
 * How well does the latent space of a method separate known types? Trains with several seeds, clusters the latent and the denoised
 * values by k-means (k = number of labels) and prints ARI and NMI, mean ± standard deviation over the seeds.
 *
 *   node build/experiments/latent-clustering.ts DATA LABELS SEEDS METHOD:PRESET[:key=value,…] …
 *
 * DATA: anything Lacuna reads. LABELS: a CSV whose first two columns are barcode and label, or the name of a column of obs.
 * Keys are parameters of the method, or `variableGenes` and `scale` of the normalisation.
 */
import { readFileSync } from 'node:fs';
import type { DatasetSource } from '../../main/dataset/dataset-source.ts';
import { kmeans } from '../../main/embed/kmeans.ts';
import { startEngine } from '../../main/engine/start-engine.ts';
import { clusterScores } from '../../main/evaluate/clusters/cluster-scores.ts';
import { detectReader } from '../../main/formats/registry.ts';
import { denoisedCoordinates } from '../../main/methods/denoised/denoised-coordinates.ts';
import { getMethod, getPreset, resolveParameters } from '../../main/methods/registry.ts';
import { buildExpressionSource } from '../../main/preprocess/build-expression-source.ts';
import type { ExpressionSource } from '../../main/preprocess/expression-source.ts';
import { normalisationSchema, recipeSchema, type Normalisation } from '../../main/preprocess/recipe.ts';
import { wholeMatrix } from './whole-matrix.ts';

const [path, labelsFrom, seedCount, ...settings] = process.argv.slice(2);
const reader = await detectReader(path);
const dataset = await reader.open(path, {});
const counts = await wholeMatrix(dataset);
const labels = readLabels(dataset);
const k = new Set(labels.filter((code) => code >= 0)).size;
const known = Array.from(labels.keys()).filter((i) => labels[i] >= 0);
const engine = await startEngine();
const sources = new Map<string, ExpressionSource>();

for (const setting of settings) {
  const [methodId, presetId, assignments = ''] = setting.split(':');
  const method = getMethod(methodId);
  const overrides: Record<string, string> = Object.fromEntries(
    assignments
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  );
  const normalisation = changed(getPreset(method, presetId).normalisation, overrides);
  const parameters = resolveParameters(method, presetId, overrides);
  const key = JSON.stringify(normalisation);
  if (!sources.has(key))
    sources.set(
      key,
      await buildExpressionSource({
        counts,
        varNames: dataset.var.names,
        recipe: recipeSchema.parse({ normalisation }),
      }),
    );
  const data = sources.get(key)!;
  const scores: Record<string, { ari: number[]; nmi: number[] }> = {};
  const epochs: number[] = [];
  const startedAt = performance.now();
  for (let seed = 0; seed < Number(seedCount); seed++) {
    const outcome = await method.train({
      data,
      parameters,
      seed,
      engine,
      report: () => {},
      record: () => {},
      resumeFrom: null,
      checkpoint: () => {},
    });
    epochs.push(outcome.summary.bestEpoch ?? outcome.summary.epochs);
    const spaces = { latent: outcome.latent, denoised: await denoisedCoordinates(outcome.denoised, data) };
    for (const [name, space] of Object.entries(spaces)) {
      if (!space) continue;
      const clusters = await kmeans({ ...space, nObs: data.nObs }, { k, restarts: 50, seed });
      const { ari, nmi } = clusterScores(
        Int32Array.from(known, (i) => labels[i]),
        Int32Array.from(known, (i) => clusters.codes[i]),
      );
      scores[name] ??= { ari: [], nmi: [] };
      scores[name].ari.push(ari);
      scores[name].nmi.push(nmi);
    }
  }
  const seconds = (performance.now() - startedAt) / 1000 / Number(seedCount);
  const columns = Object.entries(scores).map(([name, { ari, nmi }]) => `${name} ARI ${spread(ari)} NMI ${spread(nmi)}`);
  console.log(`${setting}: ${columns.join(', ')}; epochs ${epochs.join(' ')}; ${seconds.toFixed(0)} s a run`);
}

function changed(normalisation: Normalisation, overrides: Record<string, string>): Normalisation {
  const { variableGenes, scale } = overrides;
  delete overrides.variableGenes;
  delete overrides.scale;
  return normalisationSchema.parse({
    ...normalisation,
    ...(variableGenes === undefined ? {} : { variableGenes: variableGenes === 'all' ? null : Number(variableGenes) }),
    ...(scale === undefined ? {} : { scale }),
  });
}

/** Codes [nObs]; -1 where the label is missing. */
function readLabels({ obs }: DatasetSource): Int32Array {
  const column = obs.columns.find(({ name }) => name === labelsFrom);
  if (column?.kind === 'categorical') return column.codes;
  const byName = new Map(
    readFileSync(labelsFrom, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2) as [string, string]),
  );
  const names = [...new Set(byName.values())];
  return Int32Array.from(obs.names, (name) => names.indexOf(byName.get(name) ?? ''));
}

function spread(values: number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return `${mean.toFixed(3)} ± ${sd.toFixed(3)}`;
}
