/**
 * How well does a method predict spots that it has not seen, from their place alone? Holds out a share of the spots, trains
 * on the others and prints, on the model's scale (every spot scaled to 200 counts, no logarithm): squared error over all entries and over the
 * nonzero ones, cosine, Pearson and Spearman per spot, and the agreement of k-means on the predicted spots with known labels; beside
 * them the two floors. Of simulated data the squared distance from the true means is printed too, of the prediction and of
 * what was measured there (both over all entries).
 *
 *   node build/experiments/held-out-spots.ts DATA LABELS SHARE SEEDS METHOD:PRESET[:key=value,…] …
 *
 * DATA: anything Lacuna reads, with import options after a question mark (`slice1.h5ad?matrix=layers/raw_counts`), or `simulated:cells=2000,genes=500`.
 * LABELS: name of a column of obs, or `-`. SHARE: held-out share, 0.2. METHOD may be `floors`.
 */
import type { DatasetSource } from '../../main/dataset/dataset-source.ts';
import { kmeans } from '../../main/embed/kmeans.ts';
import { Random } from '../../main/engine/random/random.ts';
import { startEngine } from '../../main/engine/start-engine.ts';
import { clusterScores } from '../../main/evaluate/clusters/cluster-scores.ts';
import { cosineByObs } from '../../main/evaluate/rowwise/cosine-by-obs.ts';
import { meanOverObs } from '../../main/evaluate/rowwise/mean-over-obs.ts';
import { pearsonByObs } from '../../main/evaluate/rowwise/pearson-by-obs.ts';
import { spearmanByObs } from '../../main/evaluate/rowwise/spearman-by-obs.ts';
import { detectReader } from '../../main/formats/registry.ts';
import { createDenoisedReader } from '../../main/methods/denoised/denoised-reader.ts';
import type { DenoisedModel, UnseenObservations } from '../../main/methods/method.ts';
import { spatialName } from '../../main/methods/neighbours/spatial-coordinates.ts';
import { getMethod, getPreset, resolveParameters } from '../../main/methods/registry.ts';
import { buildExpressionSource } from '../../main/preprocess/build-expression-source.ts';
import type { ExpressionSource } from '../../main/preprocess/expression-source.ts';
import { takeCsr } from '../../main/preprocess/filter/take-csr.ts';
import { Pacer } from '../../main/preprocess/pacer.ts';
import { recipeSchema } from '../../main/preprocess/recipe.ts';
import { simulate, type SimulatedDataset } from '../../main/simulate/simulate.ts';
import { wholeMatrix } from './whole-matrix.ts';

const [path, labelColumn, share, seedCount, ...settings] = process.argv.slice(2);
const dataset = await open(path);
const isCounts = dataset.matrices[0].valueKind === 'counts';
const engine = await startEngine();
const obsm = [...dataset.obsm];
const place = spatialName(obsm)!;
const kept = await buildExpressionSource({
  counts: await wholeMatrix(dataset),
  varNames: dataset.var.names,
  obsm,
  // Values that are no counts have no counts to be too few or too many.
  recipe: recipeSchema.parse({
    filter: isCounts
      ? { obs: { minCounts: 200 }, var: { minCounts: 3, maxCount: 200 } }
      : { obs: { minCounts: 1 }, var: { minCounts: 1 } },
    normalisation: { librarySize: 'suica', log1p: false },
  }),
});
console.log(`${kept.nObs} spots × ${kept.nVar} genes`);
const labels = labelsOf(dataset, kept);
const expected = expectedOf(dataset, kept);

for (const setting of settings) {
  const [methodId, presetId, assignments = ''] = setting.split(':');
  const overrides = Object.fromEntries(
    assignments
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  );
  const rows: Record<string, number[]> = {};
  const notes: string[] = [];
  for (let seed = 0; seed < Number(seedCount); seed++) {
    const { training, unseen, truth, heldOut } = await split(seed);
    const startedAt = performance.now();
    const predict = async (): Promise<[string, DenoisedModel][]> => {
      if (methodId === 'floors') return floors(training, unseen);
      const method = getMethod(methodId);
      const normalisation = getPreset(method, presetId).normalisation;
      if (normalisation.librarySize !== 'suica' || normalisation.log1p)
        throw new Error(`${setting} is trained on another scale.`);
      const outcome = await method.train({
        data: training,
        unseen,
        parameters: resolveParameters(method, presetId, overrides),
        seed,
        engine,
        report: () => {},
        record: ({ epoch, train, heldOut: judged }) => {
          if (process.env.VERBOSE) console.log(epoch, JSON.stringify(train), JSON.stringify(judged));
        },
        resumeFrom: null,
        checkpoint: () => {},
      });
      notes.push(
        Object.entries(outcome.summary)
          .map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
          .join(', '),
      );
      return [[setting, outcome.predicted!]];
    };
    for (const [name, model] of await predict()) {
      const scores = await judge(model, training, unseen.nObs, truth, heldOut, seed);
      for (const [key, value] of Object.entries({ ...scores, seconds: (performance.now() - startedAt) / 1000 }))
        (rows[`${name} ${key}`] ??= []).push(value);
    }
  }
  const names = [...new Set(Object.keys(rows).map((key) => key.slice(0, key.lastIndexOf(' '))))];
  for (const name of names) {
    const columns = Object.entries(rows).filter(([key]) => key.slice(0, key.lastIndexOf(' ')) === name);
    console.log(
      `${name}: ${columns.map(([key, values]) => `${key.slice(key.lastIndexOf(' ') + 1)} ${spread(values)}`).join(' · ')}`,
    );
  }
  for (const note of notes) console.log(`    ${note}`);
}

/** One random split: the sources hold the same genes on the same scale, each its own spots. */
async function split(seed: number): Promise<{
  training: ExpressionSource;
  unseen: UnseenObservations;
  truth: Float32Array;
  heldOut: Uint32Array;
}> {
  const order = Random.from(seed, 'held-out spots').shuffle(Uint32Array.from({ length: kept.nObs }, (_, i) => i));
  const nHeldOut = Math.round(kept.nObs * Number(share));
  const heldOut = order.slice(0, nHeldOut).sort();
  const rest = order.slice(nHeldOut).sort();
  const positions = kept.obsm.get(place)!;
  const take = (rows: Uint32Array): Float64Array =>
    Float64Array.from(
      { length: rows.length * positions.nDim },
      (_, k) => positions.values[rows[Math.floor(k / positions.nDim)] * positions.nDim + (k % positions.nDim)],
    );
  const training = await buildExpressionSource({
    counts: await takeCsr(
      kept.counts,
      rest,
      Uint32Array.from({ length: kept.nVar }, (_, j) => j),
      new Pacer({}),
    ),
    varNames: kept.varNames,
    obsm: [{ name: place, nDim: positions.nDim, values: take(rest) }],
    recipe: recipeSchema.parse({ normalisation: kept.recipe.normalisation }),
  });
  const truth = new Float32Array(nHeldOut * kept.nVar);
  kept.denseBatch(heldOut, truth);
  const unseen = { nObs: nHeldOut, obsm: new Map([[place, { nDim: positions.nDim, values: take(heldOut) }]]) };
  return { training, unseen, truth, heldOut };
}

function floors(training: ExpressionSource, unseen: UnseenObservations): [string, DenoisedModel][] {
  const [own, others] = [training.obsm.get(place)!, unseen.obsm.get(place)!];
  const k = 10;
  const indices = new Uint32Array(unseen.nObs * k);
  for (let i = 0; i < unseen.nObs; i++) {
    const squared = Float64Array.from({ length: training.nObs }, (_, j) => {
      let sum = 0;
      for (let d = 0; d < own.nDim; d++) sum += (others.values[i * own.nDim + d] - own.values[j * own.nDim + d]) ** 2;
      return sum;
    });
    const nearest = Uint32Array.from(squared.keys()).sort((a, b) => squared[a] - squared[b]);
    indices.set(nearest.subarray(0, k), i * k);
  }
  return [
    [
      'train mean',
      {
        kind: 'factored',
        hidden: { nDim: 1, values: new Float32Array(unseen.nObs) },
        weights: new Float32Array(training.nVar),
        bias: training.geneMean,
        link: 'identity',
      },
    ],
    ['kNN-10', { kind: 'neighbours', k, indices }],
  ];
}

async function judge(
  model: DenoisedModel,
  training: ExpressionSource,
  nObs: number,
  truth: Float32Array,
  heldOut: Uint32Array,
  seed: number,
): Promise<Record<string, number>> {
  const { nVar } = training;
  const reader = createDenoisedReader(model, { ...training, nObs, denseBatch: training.denseBatch.bind(training) });
  const predicted = new Float32Array(nObs * nVar);
  reader.rows(
    Uint32Array.from({ length: nObs }, (_, i) => i),
    predicted,
  );
  let [all, nonzero, nNonzero] = [0, 0, 0];
  truth.forEach((value, k) => {
    const squared = (value - predicted[k]) ** 2;
    all += squared;
    if (value === 0) return;
    nonzero += squared;
    nNonzero++;
  });
  const scores: Record<string, number> = {
    MSE: all / truth.length,
    'MSE-nonzero': nonzero / nNonzero,
    cosine: meanOverObs(cosineByObs(truth, predicted, nVar)).mean,
    Pearson: meanOverObs(pearsonByObs(truth, predicted, nVar)).mean,
    Spearman: meanOverObs(spearmanByObs(truth, predicted, nVar)).mean,
  };
  if (expected !== null) {
    const means = expected(heldOut);
    const meanSquared = (values: Float32Array): number =>
      values.reduce((sum, value, k) => sum + (value - means[k]) ** 2, 0) / values.length;
    Object.assign(scores, {
      'prediction-to-truth': meanSquared(predicted),
      'measured-to-truth': meanSquared(truth),
    });
  }
  if (!labels) return scores;
  const known = Array.from(heldOut.keys()).filter((i) => labels[heldOut[i]] >= 0);
  const k = new Set(known.map((i) => labels[heldOut[i]])).size;
  const clusters = await kmeans({ nDim: nVar, nObs, values: predicted }, { k, restarts: 10, seed });
  scores.ARI = clusterScores(
    Int32Array.from(known, (i) => labels[heldOut[i]]),
    Int32Array.from(known, (i) => clusters.codes[i]),
  ).ari;
  return scores;
}

async function open(what: string): Promise<DatasetSource> {
  if (what.startsWith('simulated:')) {
    const options = Object.fromEntries(
      what
        .slice('simulated:'.length)
        .split(',')
        .filter(Boolean)
        .map((pair) => pair.split('='))
        .map(([key, value]) => [key, Number.isNaN(Number(value)) ? value : Number(value)]),
    );
    return simulate({ spatial: true, ...options });
  }
  const [file, query = ''] = what.split('?');
  const reader = await detectReader(file);
  return reader.open(file, Object.fromEntries(new URLSearchParams(query)));
}

/** Of simulated data: the means that the counts of these spots were drawn around, each spot scaled to 200. */
function expectedOf(
  source: DatasetSource,
  { varIndex }: ExpressionSource,
): ((rows: Uint32Array) => Float32Array) | null {
  if (!('trueMeans' in source)) return null;
  const { trueMeans } = source as SimulatedDataset;
  return (rows) => {
    const means = new Float32Array(rows.length * varIndex.length);
    rows.forEach((row, k) => {
      const obs = kept.obsIndex[row];
      const all = trueMeans(obs, obs + 1);
      const own = Float32Array.from(varIndex, (j) => all[j]);
      const total = own.reduce((sum, mean) => sum + mean, 0);
      means.set(
        own.map((mean) => (200 * mean) / total),
        k * varIndex.length,
      );
    });
    return means;
  };
}

/** Codes of the spots that stayed; -1 where the label is missing. */
function labelsOf(source: DatasetSource, { obsIndex }: ExpressionSource): Int32Array | null {
  if (labelColumn === '-') return null;
  const column = source.obs.columns.find(({ name }) => name === labelColumn);
  if (column?.kind !== 'categorical') throw new Error(`No column of groups is called ${labelColumn}.`);
  return Int32Array.from(obsIndex, (i) => column.codes[i]);
}

function spread(values: number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const digits = (value: number): string => String(Number(value.toPrecision(4)));
  return values.length === 1 ? digits(mean) : `${digits(mean)} ± ${digits(Number(sd.toPrecision(2)))}`;
}
