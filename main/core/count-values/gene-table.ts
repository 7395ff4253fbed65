import type { z } from 'zod';
import type { geneTableRequestSchema, geneTableSchema } from '../../contract/entities/gene-table.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { countModelOf } from '../../methods/counts/count-model.ts';
import type { Project } from '../../projects/project.types.ts';

type GeneTable = z.infer<typeof geneTableSchema>;
type GeneRow = GeneTable['rows'][number];

/** Points of the curve of ranks. */
const CURVE = 120;

/**
 * What a count model says of each gene regardless of the cell: how strongly it feeds the first layer after pruning, and its
 * dispersion. Sorted and cut as asked for; genes without a value come last.
 *
 * @throws LacunaError `not-found` where the run has neither
 */
export function geneTable(
  project: Project,
  runId: number,
  { sort, descending, query, offset, limit, csv }: z.output<typeof geneTableRequestSchema>,
): GeneTable {
  const run = project.runs.get(runId);
  const extras = project.runs.extras(runId);
  const { varIndex } = project.runs.axes(runId);
  const importance = extras.geneImportance?.values ?? null;
  const dispersion = countModelOf(extras)?.dispersion;
  const theta = dispersion?.of === 'gene' ? dispersion.theta : null;
  if (!importance && !theta)
    throw new LacunaError(
      'not-found',
      `${run.name} says nothing of single genes: it has no pruned first layer and no dispersion for each gene.`,
      'Train ZiPo, or a count model with one dispersion per gene.',
    );
  const { names } = project.datasets.var(run.datasetId);
  const all: GeneRow[] = Array.from(varIndex, (gene, j) => ({
    gene,
    name: names[gene],
    weight: importance && importance[2 * j],
    neurons: importance && importance[2 * j + 1],
    dispersion: theta && theta[j],
  }));
  const sign = descending ? -1 : 1;
  const sorted = all.sort((a, b) => {
    const [x, y] = [a[sort], b[sort]];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a.gene - b.gene;
    return (x < y ? -sign : x > y ? sign : 0) || a.gene - b.gene;
  });
  const wanted = query.trim().toLowerCase();
  const found = wanted === '' ? sorted : sorted.filter(({ name }) => name.toLowerCase().includes(wanted));
  return {
    nGenes: all.length,
    nFound: found.length,
    nFeeding: importance ? all.filter(({ weight }) => weight! > 0).length : null,
    sparsity: run.summary.sparsity ?? null,
    curve: importance ? ranks(all.map(({ weight }) => weight!)) : null,
    rows: found.slice(offset, offset + limit),
    csv: csv ? textOf(found) : null,
  };
}

/** The largest weight, and those at ranks spread evenly in logarithms: [rank, weight]. */
function ranks(weights: number[]): [number, number][] {
  const sorted = Float64Array.from(weights).sort().reverse();
  const places = Array.from({ length: CURVE }, (_, i) =>
    Math.round(Math.exp((Math.log(sorted.length) * i) / (CURVE - 1))),
  );
  return [...new Set(places)].map((rank) => [rank, sorted[rank - 1]]);
}

function textOf(rows: readonly GeneRow[]): string {
  const quoted = (name: string): string => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  const number = (value: number | null): string => (value === null ? '' : String(value));
  const lines = rows.map(({ name, weight, neurons, dispersion }) =>
    [quoted(name), number(weight), number(neurons), number(dispersion)].join(','),
  );
  return ['gene,summed_relative_weight,neurons_fed,dispersion', ...lines, ''].join('\n');
}
