/**
 * What do count models recover where the truth is known? Simulated cells with and without dropout, Poisson and overdispersed;
 * ZiPo with each of its distributions on each of them. For every pair: held-out negative log-likelihood per entry, AUROC of the
 * zeros (which of them are counts that were lost?), Spearman correlation of recovered and true means, and the mean dropout
 * probability; beside them what the true parameters reach, and the counts themselves.
 *
 *   node build/experiments/dropout-truth.ts [SEEDS] [CELLS] [GENES] [LAWS, such as 0,1,2,3] [key=value,… for ZiPo]
 */
import type { CsrMatrix } from '../../main/dataset/csr-matrix.ts';
import { startEngine } from '../../main/engine/start-engine.ts';
import { meanRanks } from '../../main/evaluate/rowwise/spearman-by-obs.ts';
import { countModelOf, type CountHead } from '../../main/methods/counts/count-model.ts';
import { geneNbNll } from '../../main/methods/counts/fixtures/gene-nb-nll.ts';
import type { EpochRecord, TrainOutcome } from '../../main/methods/method.ts';
import { getMethod, getPreset, resolveParameters } from '../../main/methods/registry.ts';
import { splitObservations } from '../../main/methods/training/split.ts';
import { buildExpressionSource } from '../../main/preprocess/build-expression-source.ts';
import { recipeSchema } from '../../main/preprocess/recipe.ts';
import { simulate } from '../../main/simulate/simulate.ts';
import { wholeMatrix } from './whole-matrix.ts';

const [seeds = '1', cells = '1500', genes = '800', laws = '0,1,2,3', assignments = ''] = process.argv.slice(2);
const overrides = Object.fromEntries(
  assignments
    .split(',')
    .filter(Boolean)
    .map((pair) => pair.split('=') as [string, string]),
);
const LAWS = [
  { name: 'Poisson, no dropout', dispersion: 0, dropout: 0 },
  { name: 'Poisson, 30 % lost', dispersion: 0, dropout: 0.3 },
  { name: 'NB, no dropout', dispersion: 0.5, dropout: 0 },
  { name: 'NB, 30 % lost', dispersion: 0.5, dropout: 0.3 },
];
const LIKELIHOODS = ['zip', 'nb', 'zinb'] as const;

/** Parameters of all entries, [nObs · nVar]; θ of a gene, Infinity for Poisson. */
interface Recovered {
  means: Float32Array;
  dropout: Float32Array | null;
  theta: (gene: number) => number;
}

const method = getMethod('zipo');
const engine = await startEngine();
console.log('| data | model | seed | NLL | gene-wise NB | AUROC of lost zeros | Spearman of means | mean dropout |');
console.log('|---|---|---|---|---|---|---|---|');
for (const { name, dispersion, dropout } of laws.split(',').map((at) => LAWS[Number(at)])) {
  for (let seed = 1; seed <= Number(seeds); seed++) {
    const data = simulate({ cells: Number(cells), genes: Number(genes), dispersion, dropout, seed });
    const counts = await wholeMatrix(data);
    const before = await wholeMatrix({
      ...data,
      matrices: [{ ...data.matrices[0], chunks: data.countsBeforeDropout }],
    });
    const truth = {
      means: data.trueMeans(0, data.nObs),
      dropout: dropout > 0 ? data.dropoutProbability(0, data.nObs) : null,
      theta: (gene: number) => 1 / data.dispersion[gene],
    };
    const zeros = zerosOf(counts, before);
    const row = (model: string, found: Recovered | null, nll: string, floor: string): void => {
      const area = found?.dropout && dropout > 0 ? areaUnderCurve(lostProbability(found, zeros), zeros.lost) : NaN;
      const rank = found ? spearman(found.means, truth.means) : spearman(dense(counts), truth.means);
      const share = found?.dropout ? found.dropout.reduce((sum, value) => sum + value, 0) / found.dropout.length : NaN;
      console.log(
        `| ${name} | ${model} | ${seed} | ${nll} | ${floor} | ${said(area)} | ${said(rank)} | ${said(share)} |`,
      );
    };
    row('true parameters', truth, '–', '–');
    row('the counts', null, '–', '–');
    const recipe = recipeSchema.parse({ normalisation: getPreset(method, 'lacuna').normalisation });
    const source = await buildExpressionSource({ counts, varNames: data.var.names, recipe });
    for (const likelihood of LIKELIHOODS) {
      const epochs: EpochRecord[] = [];
      const outcome = await method.train({
        data: source,
        parameters: resolveParameters(method, 'lacuna', { ...overrides, likelihood }),
        seed,
        engine,
        report: () => {},
        record: (epoch) => epochs.push(epoch),
        resumeFrom: null,
        checkpoint: () => {},
      });
      const best = Math.min(...epochs.map(({ heldOut }) => heldOut?.nll ?? NaN));
      const { training, heldOut } = splitObservations(source.nObs, 0.1, seed);
      const floor = geneNbNll(source.counts, source.librarySize, training, heldOut, true);
      row(`ZiPo ${likelihood}`, recoveredBy(outcome, source.undoFacts.factor), best.toFixed(4), floor.toFixed(4));
    }
  }
}
process.exit(0);

function said(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : '–';
}

/** What a run says of every entry. */
function recoveredBy({ denoised, extras }: TrainOutcome, factor: ArrayLike<number>): Recovered {
  const model = countModelOf(extras);
  if (denoised.kind !== 'factored' || !model) throw new Error('ZiPo hands out a factored count model.');
  const { hidden } = denoised;
  const nVar = denoised.bias.length;
  const layer = ({ weights, bias }: CountHead): Float32Array => {
    const nObs = hidden.values.length / hidden.nDim;
    const out = new Float32Array(nObs * nVar);
    for (let i = 0; i < nObs; i++) {
      const into = out.subarray(i * nVar, (i + 1) * nVar);
      into.set(bias);
      for (let d = 0; d < hidden.nDim; d++) {
        const h = hidden.values[i * hidden.nDim + d];
        for (let j = 0; j < nVar; j++) into[j] += h * weights[d * nVar + j];
      }
    }
    return out;
  };
  const means = layer(denoised).map((value, k) => Math.exp(value) / (factor[Math.floor(k / nVar)] || 1));
  const dropout = model.dropout && layer(model.dropout).map((logit) => 1 / (1 + Math.exp(-logit)));
  const { dispersion } = model;
  const theta = dispersion?.of === 'gene' ? (gene: number) => dispersion.theta[gene] : () => Infinity;
  return { means, dropout, theta };
}

/** Entries that are zero as measured, and which of them were counted before dropout. */
function zerosOf(counts: CsrMatrix, before: CsrMatrix): { at: Uint32Array; lost: Uint8Array; nVar: number } {
  const [measured, whole] = [dense(counts), dense(before)];
  const at = Uint32Array.from(measured.keys().filter((k) => measured[k] === 0));
  return { at, lost: Uint8Array.from(at, (k) => (whole[k] > 0 ? 1 : 0)), nVar: counts.nVar };
}

/** Probability that a zero is a count that was lost: z (1 − f(0)) / (z + (1 − z) f(0)). */
function lostProbability({ means, dropout, theta }: Recovered, zeros: { at: Uint32Array; nVar: number }): Float64Array {
  return Float64Array.from(zeros.at, (k) => {
    const t = theta(k % zeros.nVar);
    const zero = Math.exp(Number.isFinite(t) ? -t * Math.log1p(means[k] / t) : -means[k]);
    const z = dropout![k];
    return (z * (1 - zero)) / (z + (1 - z) * zero);
  });
}

function dense({ nObs, nVar, indptr, indices, values }: CsrMatrix): Float32Array {
  const out = new Float32Array(nObs * nVar);
  for (let i = 0; i < nObs; i++) for (let k = indptr[i]; k < indptr[i + 1]; k++) out[i * nVar + indices[k]] = values[k];
  return out;
}

/** Of a score for what is marked 1, by ranks (Mann and Whitney 1947). */
function areaUnderCurve(scores: Float64Array, marks: Uint8Array): number {
  const ranks = meanRanks(scores);
  const positives = marks.reduce((sum, mark) => sum + mark, 0);
  const sum = ranks.reduce((total, rank, i) => total + (marks[i] ? rank : 0), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * (marks.length - positives));
}

/** Rank correlation over all entries. */
function spearman(a: Float32Array, b: Float32Array): number {
  const [x, y] = [meanRanks(a), meanRanks(b)];
  const mean = (x.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    xy += (x[k] - mean) * (y[k] - mean);
    xx += (x[k] - mean) ** 2;
    yy += (y[k] - mean) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
