import { grouped } from './grouped-number.ts';
import type { Recipe } from './recipe.ts';

/**
 * What a recipe does, in the order in which it is done, as sentences for provenance and for a methods section. With no
 * step at all, one sentence says so.
 *
 * @param valueKind of the matrix it is applied to; decides how variable genes are ranked. Default `counts`.
 */
export function describeRecipe(recipe: Recipe, valueKind: 'counts' | 'nonnegative' | 'real' = 'counts'): string[] {
  const { filter, normalisation } = recipe;
  const lines: string[] = [];
  const { minCounts, maxCounts, minGenes, maxGenes, maxMitoPercent } = filter.obs;
  const cells = [
    between(minCounts, maxCounts, 'counts'),
    between(minGenes, maxGenes, 'detected genes'),
    maxMitoPercent === null ? '' : `at most ${maxMitoPercent} % of counts from mitochondrial genes`,
  ].filter((text) => text !== '');
  if (cells.length > 0) lines.push(`Cells with ${listed(cells)} were kept.`);

  const genes = [
    filter.var.minCells === null ? '' : `detected in at least ${grouped(filter.var.minCells)} of these cells`,
    filter.var.minCounts === null ? '' : `with at least ${grouped(filter.var.minCounts)} counts in total`,
    filter.var.maxCount === null ? '' : `without any single count above ${grouped(filter.var.maxCount)}`,
  ].filter((text) => text !== '');
  if (genes.length > 0) lines.push(`Genes ${listed(genes)} were kept.`);

  const sizes = {
    none: '',
    cp10k: 'Counts were scaled to 10,000 per cell.',
    median: 'Counts were scaled to the median library size.',
    suica: 'Counts were scaled to 200 per cell.',
  };
  if (normalisation.librarySize !== 'none') lines.push(sizes[normalisation.librarySize]);
  if (normalisation.log1p) lines.push('Values were transformed as log(1 + x), with the natural logarithm.');
  if (normalisation.variableGenes !== null) {
    const how =
      valueKind === 'counts'
        ? 'by variance of the raw counts after standardisation by a loess mean-variance trend (Stuart et al. 2019)'
        : 'by dispersion normalised within bins of mean expression (Satija et al. 2015)';
    lines.push(`At most the ${grouped(normalisation.variableGenes)} most variable genes were kept, ranked ${how}.`);
  }
  if (normalisation.scale === 'zscore') {
    const clip = normalisation.clip === null ? '' : `, clipped at ±${grouped(normalisation.clip)}`;
    lines.push(`Each gene was scaled to mean 0 and standard deviation 1${clip}.`);
  }
  if (normalisation.scale === 'minmax') lines.push('Each gene was scaled to the range 0 to 1.');
  return lines.length > 0 ? lines : ['Raw values of all cells and genes were used.'];
}

function between(least: number | null, most: number | null, noun: string): string {
  if (least !== null && most !== null) return `${grouped(least)} to ${grouped(most)} ${noun}`;
  if (least !== null) return `at least ${grouped(least)} ${noun}`;
  return most === null ? '' : `at most ${grouped(most)} ${noun}`;
}

function listed(parts: string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
