import { basename } from 'node:path';
import type { DatasetSource } from '../../dataset/dataset-source.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { BarcodeIndex } from '../labels/barcode-index.ts';
import type { ProteinFile } from './protein-file.ts';

/** How the cells of a protein file meet those of a dataset. */
export interface ProteinFit {
  /** [cells of the file], the dataset's observation of each, -1 where it has none */
  obsOf: Int32Array;
  matched: number;
  /** Cells of the dataset without proteins, and cells of the file that the dataset lacks. */
  unmeasuredObs: string[];
  unmatchedCells: string[];
}

/** What was added to a dataset, for the person who asked; names at most ten of each kind. */
export interface ProteinsJoined {
  path: string;
  nProteins: number;
  matched: number;
  nObs: number;
  missingFromFile: string[];
  missingFromDataset: string[];
}

/** Fits cells by barcode: as it is, else without the `-1` at the end of either. The first of equal barcodes counts. */
export function fitProteins(obsNames: readonly string[], cells: readonly string[]): ProteinFit {
  const index = new BarcodeIndex(obsNames);
  const taken = new Uint8Array(obsNames.length);
  const unmatchedCells: string[] = [];
  const obsOf = Int32Array.from(cells, (cell) => {
    const obs = index.find(cell);
    if (obs < 0) unmatchedCells.push(cell);
    if (obs < 0 || taken[obs] === 1) return -1;
    taken[obs] = 1;
    return obs;
  });
  const unmeasuredObs = obsNames.filter((_, i) => taken[i] === 0);
  return { obsOf, matched: obsNames.length - unmeasuredObs.length, unmeasuredObs, unmatchedCells };
}

/**
 * Puts the proteins of a file of their own beside the genes of a dataset, in the place of those that it had; they
 * stream when the dataset is stored, so the file stays open until then.
 *
 * @throws LacunaError `bad-file` when not a single barcode fits
 */
export function joinProteins(source: DatasetSource, file: ProteinFile): ProteinsJoined {
  const fit = fitProteins(source.obs.names, file.obsNames);
  const { path } = file;
  if (fit.matched === 0)
    throw new LacunaError(
      'bad-file',
      `No barcode of ${basename(path)} is in the dataset: the dataset's begin with ${source.obs.names[0]}, the file's with ${file.obsNames[0] ?? 'nothing'}.`,
      'Check that the proteins were measured on these cells, and that both files name them alike.',
      { file: path },
    );
  const joined: ProteinsJoined = {
    path,
    nProteins: file.var.names.length,
    matched: fit.matched,
    nObs: source.nObs,
    missingFromFile: fit.unmeasuredObs.slice(0, 10),
    missingFromDataset: fit.unmatchedCells.slice(0, 10),
  };
  source.modalities = [
    ...(source.modalities ?? []).filter(({ name }) => name !== 'protein'),
    {
      name: 'protein',
      obsNames: file.obsNames,
      var: file.var,
      matrix: file.matrix,
      obsOf: fit.obsOf,
      provenance: { ...joined },
    },
  ];
  return joined;
}
