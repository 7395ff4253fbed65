import type { Normalisation, Recipe } from '../../preprocess/recipe.ts';

const count = (n: number): string => n.toLocaleString('en-US');

/** What was filtered, and what it left. */
export function filterSentence(
  recipe: Recipe,
  observation: string,
  before: { nObs: number; nVar: number },
  kept: { nObs: number; nVar: number },
): string {
  const { obs, var: genes } = recipe.filter;
  const ofObs = clauses([
    [obs.minCounts, (n) => `at least ${count(n)} counts`],
    [obs.maxCounts, (n) => `at most ${count(n)} counts`],
    [obs.minGenes, (n) => `at least ${count(n)} detected genes`],
    [obs.maxGenes, (n) => `at most ${count(n)} detected genes`],
    [obs.maxMitoPercent, (n) => `at most ${n} % mitochondrial counts`],
  ]);
  const ofGenes = clauses([
    [genes.minCells, (n) => `detected in at least ${count(n)} ${observation}s`],
    [genes.minCounts, (n) => `with at least ${count(n)} counts in total`],
    [genes.maxCount, (n) => `with no single count above ${count(n)}`],
  ]);
  const variable = recipe.normalisation.variableGenes;
  const left = `${count(kept.nObs)} of ${count(before.nObs)} ${observation}s and ${count(kept.nVar)} of ${count(before.nVar)} genes`;
  if (ofObs === '' && ofGenes === '' && variable === null)
    return `No ${observation}s or genes were filtered out (${left} were used).`;
  const parts = [
    ofObs === '' ? '' : `${capital(observation)}s with ${ofObs} were kept`,
    ofGenes === '' ? '' : `${ofObs === '' ? 'Genes' : 'genes'} ${ofGenes} were kept`,
  ].filter((part) => part !== '');
  const used = `${left} were used`;
  return parts.length === 0 ? `${capital(used)}.` : `${parts.join('; ')}; ${used}.`;
}

/** How values were scaled, in the order in which it was done. */
export function normalisationSentence(normalisation: Normalisation, observation: string): string {
  const steps: string[] = [];
  switch (normalisation.librarySize) {
    case 'cp10k':
      steps.push(`scaled to 10,000 per ${observation}`);
      break;
    case 'median':
      steps.push(`scaled to the median library size`);
      break;
    case 'suica':
      steps.push(`scaled to 200 per ${observation}`);
      break;
    case 'none':
      break;
  }
  if (normalisation.log1p) steps.push('transformed as log(1 + x)');
  if (normalisation.variableGenes !== null)
    steps.push(`restricted to the ${count(normalisation.variableGenes)} most variable genes`);
  if (normalisation.scale === 'zscore') {
    const clip = normalisation.clip === null ? '' : ` and clipped at ±${normalisation.clip} standard deviations`;
    steps.push(`z-scored per gene${clip}`);
  }
  if (normalisation.scale === 'minmax') steps.push('scaled to 0–1 per gene');
  return steps.length === 0 ? 'Raw counts were used without normalisation.' : `Counts were ${list(steps)}.`;
}

function clauses(thresholds: [number | null, (value: number) => string][]): string {
  return list(thresholds.flatMap(([value, text]) => (value === null ? [] : [text(value)])));
}

/** 'a', 'a and b', 'a, b and c' */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
