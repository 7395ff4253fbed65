import { LacunaError } from '../../errors/lacuna-error.ts';
import { cleanAxis } from '../cleaning/clean-axis.ts';
import type { CleanAxis } from '../cleaning/clean-axis.ts';
import type { FileGenes } from './molecules.ts';

/** The variables that the genes of a file become. */
export interface StereoGenes extends CleanAxis {
  /** [nGenes], variable of each gene of the file */
  order: Uint32Array;
}

/**
 * Genes sorted by identifier (by code point), so that `.gem` and `.gef` of one chip have the same variables, whatever
 * their own order. Names are the names of the file where it has them, else the identifiers.
 */
export function stereoGenes({ ids, names }: FileGenes, path: string): StereoGenes {
  if (ids.length === 0)
    throw new LacunaError('bad-file', `${path} holds no molecules at all.`, 'Check that this is the file you meant.', {
      file: path,
    });
  const sorted = Uint32Array.from(ids, (_, i) => i).sort((a, b) =>
    ids[a] < ids[b] ? -1 : ids[a] > ids[b] ? 1 : a - b,
  );
  const order = new Uint32Array(ids.length);
  sorted.forEach((gene, place) => (order[gene] = place));
  const sortedIds = Array.from(sorted, (gene) => ids[gene]);
  const clean = cleanAxis(
    {
      names: names === null ? sortedIds : Array.from(sorted, (gene) => names[gene]),
      ids: sortedIds,
      columns: [{ kind: 'string', name: 'gene_id', values: sortedIds }],
    },
    'gene',
  );
  return { ...clean, order };
}
