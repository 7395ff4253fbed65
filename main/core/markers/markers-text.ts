import { MARKER_COLUMNS } from '../../contract/markers/marker-columns.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { delimitedLine, type Delimiter } from '../../export/csv/delimited.ts';
import type { Project } from '../../projects/project.types.ts';

/** Genes of a table of markers in an order, best first. */
export interface RankedGenes {
  /** Positions in the table. */
  order: Uint32Array;
  names: string[];
  ids: string[];
  /** [nGenes, MARKER_COLUMNS.length] */
  values: Float32Array;
}

/**
 * Ranks the genes of a table by one of its columns: the highest first, of min-ranks the lowest, ties by the mean of
 * Cohen's d.
 *
 * @param by one of `MARKER_COLUMNS`
 * @throws LacunaError `not-found`, `bad-option`
 */
export function rankMarkers(project: Project, table: number, by: string): RankedGenes {
  const column = MARKER_COLUMNS.indexOf(by);
  if (column === -1)
    throw new LacunaError(
      'bad-option',
      `Markers have no figure '${by}'.`,
      `Choose one of ${MARKER_COLUMNS.join(', ')}.`,
    );
  const { datasetId } = project.markers.get(table);
  const genes = project.markers.genes(table);
  const { values, nDim } = project.markers.values(table);
  const variables = project.datasets.var(datasetId);
  const ids = variables.columns.find(({ name }) => name === 'gene_id');
  const sign = by.endsWith('_rank') ? -1 : 1;
  const tie = MARKER_COLUMNS.indexOf('cohensD_mean');
  const figure = (i: number, at: number): number => {
    const value = values[i * nDim + at];
    return Number.isNaN(value) ? -Infinity : value;
  };
  const order = Uint32Array.from(genes, (_, i) => i).sort(
    (a, b) =>
      descending(sign * figure(a, column), sign * figure(b, column)) ||
      descending(figure(a, tie), figure(b, tie)) ||
      a - b,
  );
  return {
    order,
    names: Array.from(genes, (gene) => variables.names[gene]),
    ids: Array.from(genes, (gene) => (ids?.kind === 'string' ? ids.values[gene] : variables.names[gene])),
    values,
  };
}

/** A table of markers as CSV or TSV with every figure, best gene first. @throws as `rankMarkers` */
export function markersText(
  project: Project,
  table: number,
  { format, order: by }: { format: Delimiter; order: string },
): string {
  const { order, names, ids, values } = rankMarkers(project, table, by);
  const { source, group, against } = project.markers.get(table);
  const width = MARKER_COLUMNS.length;
  const heading = delimitedLine(['gene', 'gene_id', 'source', 'group', 'against', ...MARKER_COLUMNS], format);
  const lines = Array.from(order, (i) =>
    delimitedLine(
      [
        names[i],
        ids[i],
        source,
        group,
        against,
        ...Array.from(values.subarray(i * width, (i + 1) * width), figureText),
      ],
      format,
    ),
  );
  return `${[heading, ...lines].join('\n')}\n`;
}

function figureText(value: number): string {
  return Number.isNaN(value) ? '' : String(Number(value.toPrecision(7)));
}

function descending(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}
