import type { Column } from '../../dataset/column.ts';
import { textCategories } from '../../dataset/text-categories.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';

/** More groups than this are no covariate but names of the cells. */
const MOST_GROUPS = 100;

/** Known covariates of cells as numbers: [nObs, nDim], row-major; 0 is the mean of the cells they were fitted on. */
export interface CovariateValues {
  nDim: number;
  values: Float32Array;
}

/** Covariates fitted on some cells, for those and for others. */
export interface FittedCovariates {
  /** What each number says: `age`, `batch = b2`. */
  labels: string[];
  /** @param obs positions in the dataset */
  of(obs: Uint32Array): CovariateValues;
}

/**
 * Turns obs columns into the known covariates U' of ZiPo (section II-C): a numeric column into one number (mean 0, standard
 * deviation 1), groups into one number each (1 or 0, less the share of the group). All are centred, so that 0 stands for the
 * average cell; that is also what a missing value gets.
 *
 * @param fitted positions in the dataset of the cells whose means, deviations and groups count
 * @throws LacunaError `not-found` for a column that is not there, `bad-option` for one that cannot serve
 */
export function fitCovariates(
  columns: readonly Column[],
  names: readonly string[],
  fitted: Uint32Array,
): FittedCovariates {
  const parts = names.map((name) => {
    const column = columns.find((one) => one.name === name);
    if (column) return column.kind === 'numeric' ? numberPart(name, column.values, fitted) : groupPart(column, fitted);
    const known = columns.map((one) => one.name);
    throw new LacunaError(
      'not-found',
      `There is no obs column '${name}', which was to be a covariate.`,
      known.length > 0 ? `The columns are: ${known.join(', ')}.` : 'This dataset has no obs columns.',
      { known },
    );
  });
  const labels = parts.flatMap((part) => part.labels);
  return {
    labels,
    of(obs) {
      const nDim = labels.length;
      const values = new Float32Array(obs.length * nDim);
      let at = 0;
      for (const part of parts) {
        obs.forEach((cell, row) => part.write(cell, values, row * nDim + at));
        at += part.labels.length;
      }
      return { nDim, values };
    },
  };
}

interface Part {
  labels: string[];
  write(cell: number, into: Float32Array, at: number): void;
}

function numberPart(name: string, values: Float64Array, fitted: Uint32Array): Part {
  const known = [...fitted].map((cell) => values[cell]).filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  if (!(sd > 0)) throw useless(name, 'it has the same value in all cells');
  return {
    labels: [name],
    write(cell, into, at) {
      const value = (values[cell] - mean) / sd;
      into[at] = Number.isFinite(value) ? value : 0;
    },
  };
}

function groupPart(column: Exclude<Column, { kind: 'numeric' }>, fitted: Uint32Array): Part {
  const { name } = column;
  const groups = column.kind === 'string' ? textCategories(column, MOST_GROUPS) : column;
  if (groups === null) throw useless(name, `it has no groups, or more than ${MOST_GROUPS}`);
  const sizes = new Map<number, number>();
  let total = 0;
  for (const cell of fitted) {
    const code = groups.codes[cell];
    if (code < 0) continue;
    sizes.set(code, (sizes.get(code) ?? 0) + 1);
    total++;
  }
  const codes = [...sizes.keys()].sort((a, b) => a - b);
  if (codes.length < 2) throw useless(name, 'all cells are in one group');
  if (codes.length > MOST_GROUPS) throw useless(name, `it has ${codes.length} groups, and ${MOST_GROUPS} are the most`);
  return {
    labels: codes.map((code) => `${name} = ${groups.categories[code]}`),
    write(cell, into, at) {
      const code = groups.codes[cell];
      // A group that no fitted cell is in counts as missing, too.
      if (!sizes.has(code)) return;
      codes.forEach((one, d) => (into[at + d] = (one === code ? 1 : 0) - sizes.get(one)! / total));
    },
  };
}

function useless(name: string, why: string): LacunaError {
  return new LacunaError(
    'bad-option',
    `The obs column '${name}' cannot be a covariate: ${why}.`,
    'Choose a batch, a donor, an age or the like.',
  );
}
