import type { AxisTable } from '../dataset/dataset-source.ts';

/** A gene that a search found: its position in the dataset, its name and identifier. */
export interface FoundGene {
  index: number;
  name: string;
  id: string;
}

/**
 * Genes whose name or identifier contains the query, whatever the case: exact names first, then names that begin with
 * it (the shorter first: 'CD3' means CD3D rather than CD302), then the rest; equals in the dataset's order.
 */
export function findGenes(variables: AxisTable, query: string, limit: number): FoundGene[] {
  const wanted = query.trim().toLowerCase();
  const idColumn = variables.columns.find((column) => column.name === 'gene_id');
  const ids = idColumn?.kind === 'string' ? idColumn.values : null;
  const ranked: { rank: number; gene: FoundGene }[] = [];
  variables.names.forEach((name, index) => {
    const id = ids?.[index] ?? '';
    const rank = Math.min(rankOf(name.toLowerCase(), wanted), rankOf(id.toLowerCase(), wanted));
    if (rank < 3) ranked.push({ rank, gene: { index, name, id } });
  });
  // A stable sort keeps the dataset's order within equals.
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.rank === 1 ? a.gene.name.length - b.gene.name.length : 0))
    .slice(0, limit)
    .map(({ gene }) => gene);
}

function rankOf(text: string, wanted: string): number {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  return text.includes(wanted) ? 2 : 3;
}
