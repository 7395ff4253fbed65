import type { LongTask } from '../../dataset/progress.ts';
import { firstContent } from '../file-bytes.ts';
import type { FormatReader, ImportOptions } from '../format-reader.ts';
import { formatReader } from '../found-dataset.ts';
import type { FoundDataset } from '../found-dataset.ts';
import { BinCensus } from '../stereoseq/bin-census.ts';
import { MoleculeSample } from '../stereoseq/molecule-sample.ts';
import { importedDataset, inspectedDataset } from '../stereoseq/stereo-dataset.ts';
import type { StereoFile } from '../stereoseq/stereo-dataset.ts';
import { GemFile } from './gem-file.ts';
import { isGemHeader, readGemHeader } from './gem-header.ts';

/**
 * Stereo-seq `.gem` and `.gem.gz`: a line for each gene at each spot (DNB) of the chip, with or without `#` lines before
 * the names of the columns (GEM 0.1, 0.2 and what older pipelines wrote).
 *
 * An import reads the file once, sums up by square bin or segmented cell through a temporary file, and streams bin by
 * bin: memory depends on the number of bins and genes, not on the length of the file.
 */
export const gemReader: FormatReader = formatReader({
  id: 'gem',
  title: 'Stereo-seq .gem',
  accepts: '.gem or .gem.gz of Stereo-seq',
  sniff: async (path) => {
    try {
      const text = (await firstContent(path, 65_536)).toString('utf8');
      const header = readGemHeader(text);
      return header !== null && (isGemHeader(header) || /^#FileFormat=GEM/im.test(text));
    } catch {
      return false;
    }
  },
  find: async (path, options, purpose, task) =>
    purpose === 'inspect' ? await inspect(path, options, task) : await read(path, options, task),
});

async function inspect(path: string, options: ImportOptions, task: LongTask): Promise<FoundDataset> {
  const file = await GemFile.open(path, options['counts'] === 'exon');
  const sample = await MoleculeSample.of(file, task);
  const lines = { seen: sample.length, total: sample.totalLines };
  return await inspectedDataset(path, about(file), file, new BinCensus(sample), lines, options);
}

async function read(path: string, options: ImportOptions, task: LongTask): Promise<FoundDataset> {
  const file = await GemFile.open(path, options['counts'] === 'exon');
  return await importedDataset(path, about(file), file, options, task);
}

function about(file: GemFile): StereoFile {
  const { facts, roles } = file.header;
  const version = /GEMv([\d.]+)/i.exec(facts.get('fileformat') ?? '')?.[1] ?? '';
  const chip = facts.get('stereo-seqchip') ?? '';
  return {
    title: `Stereo-seq .gem${version === '' ? '' : ` ${version}`}${chip === '' ? '' : `, chip ${chip}`}`,
    version,
    hasCells: roles.includes('cell'),
    hasExons: roles.includes('exon') && roles.includes('count'),
    binSizes: [file.binSize],
    pitch: file.pitch,
  };
}
