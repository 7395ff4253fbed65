import { LacunaError } from '../errors/lacuna-error.ts';
import type { Column } from '../dataset/column.ts';
import type { ImportChoice, ImportOptions } from './format-reader.ts';
import { chosen } from './import-options.ts';
import { categoricalOf } from './hdf5/column-of-dataset.ts';
import { isProteinType } from './protein-features.ts';
import type { TenxFeatures } from './tenx-h5/tenx-layout.ts';

/**
 * The choice of feature types, when there are several: gene expression, antibodies, peaks … Genes are taken, and
 * proteins, which are kept beside them.
 */
export function featureTypeChoice(types: readonly string[]): ImportChoice | null {
  const counts = tally(types);
  if (counts.size < 2) return null;
  const values = [...counts.keys()];
  return {
    key: 'features',
    label: 'Feature types',
    help: 'Which kinds of features to import. Proteins are kept beside the genes: they can be shown, and nothing is trained on them.',
    kind: 'many-of',
    options: values.map((value) => ({ value, label: `${value} (${counts.get(value)?.toLocaleString('en-US')})` })),
    default: counts.has('Gene Expression')
      ? ['Gene Expression', ...values.filter(isProteinType)].join(',')
      : values.join(','),
  };
}

/** The choice of genomes, when features of several are in one matrix. */
export function genomesChoice(genomes: readonly string[]): ImportChoice | null {
  const counts = tally(genomes);
  if (counts.size < 2) return null;
  const values = [...counts.keys()];
  return {
    key: 'genome',
    label: 'Genomes',
    help: 'Of which genomes to import the genes.',
    kind: 'many-of',
    options: values.map((value) => ({
      value,
      label: `${value} (${counts.get(value)?.toLocaleString('en-US')} genes)`,
    })),
    default: values.join(','),
  };
}

/** [nKept], the places in the file of the features that the options keep. Features without a genome stay. */
export function keptFeatures(
  path: string,
  features: TenxFeatures,
  choices: readonly ImportChoice[],
  options: ImportOptions,
): Int32Array {
  const selected = (key: string) => {
    const choice = choices.find((one) => one.key === key && one.kind === 'many-of');
    return choice ? new Set(chosen(choice, options[key])) : null;
  };
  const types = selected('features');
  const genomes = selected('genome');
  const kept = features.names
    .map((_, i) => i)
    .filter((i) => {
      return (
        (types?.has(features.types[i]) ?? true) &&
        (genomes === null || features.genomes[i] === '' || genomes.has(features.genomes[i]))
      );
    });
  if (kept.length === 0)
    throw new LacunaError(
      'bad-option',
      `No feature of ${path} fits the choice of feature types and genomes.`,
      'Choose others.',
    );
  return Int32Array.from(kept);
}

/** Columns `gene_id`, `feature_type`, `genome` and whatever else the file has, for the kept features. */
export function featureColumns(features: TenxFeatures, kept: Int32Array): Column[] {
  const pick = (values: readonly string[]) => Array.from(kept, (i) => values[i]);
  const columns: Column[] = [{ kind: 'string', name: 'gene_id', values: pick(features.ids) }];
  if (features.types.some((type) => type !== '')) columns.push(categoricalOf('feature_type', pick(features.types)));
  if (features.genomes.some((genome) => genome !== '')) columns.push(categoricalOf('genome', pick(features.genomes)));
  for (const column of features.extra) columns.push(pickRows(column, kept));
  return columns;
}

/** The rows `kept` of a column, in that order. */
export function pickRows(column: Column, kept: Int32Array): Column {
  switch (column.kind) {
    case 'numeric':
      return { ...column, values: Float64Array.from(kept, (i) => column.values[i]) };
    case 'categorical':
      return { ...column, codes: Int32Array.from(kept, (i) => column.codes[i]) };
    case 'string':
      return { ...column, values: Array.from(kept, (i) => column.values[i]) };
  }
}

/** [n], the place among the kept, -1 for those left out; `null` when all are kept. */
export function placesOf(kept: Int32Array, n: number): Int32Array | null {
  if (kept.length === n) return null;
  const places = new Int32Array(n).fill(-1);
  kept.forEach((source, place) => (places[source] = place));
  return places;
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
