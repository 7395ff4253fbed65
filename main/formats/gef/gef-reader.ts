import { LacunaError } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { FormatReader, ImportChoice, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FoundDataset, ReadPurpose } from '../found-dataset.ts';
import { Hdf5File } from '../hdf5/hdf5-file.ts';
import { sniffHdf5 } from '../hdf5/hdf5-signature.ts';
import { resolveOptions } from '../import-options.ts';
import { BinCensus } from '../stereoseq/bin-census.ts';
import type { BinCount } from '../stereoseq/bin-census.ts';
import { MoleculeSample } from '../stereoseq/molecule-sample.ts';
import { importedDataset, inspectedDataset, stereoChoices } from '../stereoseq/stereo-dataset.ts';
import type { StereoFile } from '../stereoseq/stereo-dataset.ts';
import { findCells } from './cellbin.ts';
import { GefFile, hasExons } from './gef-file.ts';
import { attributeNumber, gefLayout } from './gef-layout.ts';
import type { GefLayout } from './gef-layout.ts';

/** Where a file holds both square bins and segmented cells. */
const matrixChoice: ImportChoice = {
  key: 'matrix',
  label: 'Observations',
  help: 'This file holds square bins and segmented cells. Import it once for each that you need.',
  kind: 'one-of',
  options: [
    { value: 'bins', label: 'Square bins' },
    { value: 'cells', label: 'Segmented cells' },
  ],
  default: 'bins',
};

/**
 * Stereo-seq `.gef`: square bins of schema 2 to 4 (`geneExp/binN`) and segmented cells (`cellBin`). A bin size that the
 * file holds is read as it is; any other is summed up from the largest bins in the file that divide it.
 */
export const gefReader: FormatReader = formatReader({
  id: 'gef',
  title: 'Stereo-seq .gef',
  accepts: '.gef of Stereo-seq, square bins or cellbin',
  sniff: async (path) => (await sniffHdf5(path, (file) => gefLayout(file) !== null)) ?? false,
  find: async (path, options, purpose, task) => {
    const file = await Hdf5File.open(path);
    try {
      return await find(file, options, purpose, task);
    } catch (error) {
      file.close();
      throw error;
    }
  },
});

async function find(
  file: Hdf5File,
  options: ImportOptions,
  purpose: ReadPurpose,
  task: LongTask,
): Promise<FoundDataset> {
  const layout = gefLayout(file);
  if (layout === null || (layout.binSizes.length === 0 && !layout.hasCells))
    throw new LacunaError(
      'bad-file',
      `${file.path} holds neither square bins (geneExp/binN/expression) nor segmented cells (cellBin/cell).`,
      'Check that the file was written completely by SAW or stereopy.',
      { file: file.path },
    );
  if (layout.binSizes.length === 0) return await findCells(file, layout.version, [], options);
  if (!layout.hasCells) return await findBins(file, layout, options, purpose, task);
  const { matrix, ...others } = options;
  if (resolveOptions(file.path, [matrixChoice], matrix === undefined ? {} : { matrix })['matrix'] === 'cells')
    return await findCells(file, layout.version, [matrixChoice], options);
  const found = await findBins(file, layout, others, purpose, task);
  return {
    ...found,
    choices: [matrixChoice, ...found.choices],
    options: { matrix: 'bins', ...found.options },
  };
}

async function findBins(
  file: Hdf5File,
  layout: GefLayout,
  options: ImportOptions,
  purpose: ReadPurpose,
  task: LongTask,
): Promise<FoundDataset> {
  const { path } = file;
  const smallest = layout.binSizes[0];
  const inExons = options['counts'] === 'exon';
  const finest = new GefFile(file, smallest, inExons);
  const about: StereoFile = {
    title: `Stereo-seq .gef${layout.version === '' ? '' : `, schema ${layout.version}`}`,
    version: layout.version,
    hasCells: false,
    hasExons: hasExons(file, smallest),
    binSizes: layout.binSizes,
    pitch: finest.pitch,
  };
  if (purpose === 'inspect') {
    const sample = await MoleculeSample.of(finest, task);
    const lines = { seen: sample.length, total: finest.rows };
    const known = (size: number): BinCount | null => countedInFile(file, layout, size);
    const found = await inspectedDataset(path, about, finest, new BinCensus(sample), lines, options, known);
    return {
      ...found,
      sizes: { nObs: found.sizes?.nObs ?? 0, nVar: finest.genes().ids.length },
      close: () => file.close(),
    };
  }
  const size = Number(resolveOptions(path, stereoChoices(about), options)['bin']);
  // What the file itself summed up is less to read; a size that nothing divides is refused by the import.
  const source = layout.binSizes.findLast((one) => size % one === 0 && (!inExons || hasExons(file, one))) ?? smallest;
  const molecules = source === smallest ? finest : new GefFile(file, source, inExons);
  const found = await importedDataset(path, about, molecules, options, task);
  return {
    ...found,
    close: () => {
      found.close();
      file.close();
    },
  };
}

/** Bins and entries of a size that the file holds; it counts the occupied ones itself. */
function countedInFile(file: Hdf5File, { binSizes }: GefLayout, size: number): BinCount | null {
  const map = `wholeExp/bin${size}`;
  if (!binSizes.includes(size) || file.kind(map) !== 'dataset') return null;
  const bins = attributeNumber(file, map, 'number');
  const nnz = file.info(`geneExp/bin${size}/expression`).shape[0];
  return bins === null || bins <= 0 ? null : { bins, nnz, exact: true };
}
