import type { ObsQuality } from '../quality/obs-quality.ts';
import type { VarQuality } from '../quality/var-quality.ts';
import type { Filter } from '../recipe.ts';
import { grouped } from '../grouped-number.ts';

/** One rule of a filter: which value it looks at, and whether it keeps it. */
export interface Criterion {
  /** 'obs' or 'var', and the key in the filter's schema. */
  axis: 'obs' | 'var';
  key: string;
  /** Plain words: 'at least 200 counts'. */
  text: string;
  keeps(position: number): boolean;
}

/** The rules on observations that are set; limits themselves are kept ('at least', 'at most'). */
export function obsCriteria(filter: Filter['obs'], quality: ObsQuality): Criterion[] {
  const { minCounts, maxCounts, minGenes, maxGenes, maxMitoPercent } = filter;
  const { counts, genes, mitoPercent } = quality;
  const criteria: Criterion[] = [];
  const add = (key: string, text: string, keeps: (i: number) => boolean): void => {
    criteria.push({ axis: 'obs', key, text, keeps });
  };
  if (minCounts !== null) add('minCounts', `at least ${grouped(minCounts)} counts`, (i) => counts[i] >= minCounts);
  if (maxCounts !== null) add('maxCounts', `at most ${grouped(maxCounts)} counts`, (i) => counts[i] <= maxCounts);
  if (minGenes !== null) add('minGenes', `at least ${grouped(minGenes)} genes`, (i) => genes[i] >= minGenes);
  if (maxGenes !== null) add('maxGenes', `at most ${grouped(maxGenes)} genes`, (i) => genes[i] <= maxGenes);
  if (maxMitoPercent !== null)
    add('maxMitoPercent', `at most ${maxMitoPercent} % mitochondrial counts`, (i) => mitoPercent[i] <= maxMitoPercent);
  return criteria;
}

/** The rules on variables that are set. */
export function varCriteria(filter: Filter['var'], quality: VarQuality): Criterion[] {
  const { minCells, minCounts, maxCount } = filter;
  const { cells, counts, max } = quality;
  const criteria: Criterion[] = [];
  const add = (key: string, text: string, keeps: (j: number) => boolean): void => {
    criteria.push({ axis: 'var', key, text, keeps });
  };
  if (minCells !== null) add('minCells', `found in at least ${grouped(minCells)} cells`, (j) => cells[j] >= minCells);
  if (minCounts !== null) add('minCounts', `at least ${grouped(minCounts)} counts`, (j) => counts[j] >= minCounts);
  if (maxCount !== null) add('maxCount', `no single count above ${grouped(maxCount)}`, (j) => max[j] <= maxCount);
  return criteria;
}
