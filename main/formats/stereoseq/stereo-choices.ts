import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ImportChoice } from '../format-reader.ts';
import type { BinCount } from './bin-census.ts';

/** Bin sizes offered, in DNB. */
const usualBins = [1, 10, 20, 50, 100, 200];
const usualDefault = 50;

/**
 * The choice of a bin size. Labels say how many bins a size makes and what their matrix takes in memory, where known.
 * @param fileBins squares in which the file already counts, ascending; only their multiples can be made
 * @param pitch µm from one DNB to the next
 */
export function binChoice(
  fileBins: readonly number[],
  pitch: number,
  count: ((size: number) => BinCount) | null,
): ImportChoice {
  const sizes = [...new Set([...fileBins, ...usualBins])]
    .filter((size) => canMake(size, fileBins))
    .sort((a, b) => a - b);
  return {
    key: 'bin',
    label: 'Bin size',
    help: `Spots of the chip (DNB) per side of a square bin; a DNB is ${text(pitch)} µm from the next.${fileBins[0] > 1 ? ` The file counts in squares of ${fileBins.join(', ')}: multiples are possible.` : ''}`,
    kind: 'one-of-or-number',
    options: sizes.map((size) => ({
      value: String(size),
      label: count === null ? `${size} (${text(size * pitch)} µm)` : labelOf(size, pitch, count(size)),
    })),
    default: String(sizes.find((size) => size >= usualDefault) ?? sizes.at(-1)),
  };
}

/** What one observation is, where the file tells segmented cells apart. */
export function groupChoice(cells: BinCount | null): ImportChoice {
  const count = cells === null ? '' : `: ${about(cells)}${number(cells.bins)}, ${memory(cells.nnz)}`;
  return {
    key: 'group',
    label: 'Observations',
    help: 'Square bins of the size chosen, or the segmented cells that the file names; molecules outside of cells are then left out.',
    kind: 'one-of',
    options: [
      { value: 'bins', label: 'Square bins' },
      { value: 'cells', label: `Segmented cells${count}` },
    ],
    default: 'bins',
  };
}

/** Which counts to take, where those in exons are told apart. */
export const countsChoice: ImportChoice = {
  key: 'counts',
  label: 'Counts',
  help: 'All molecules, or only those whose read lies in an exon.',
  kind: 'one-of',
  options: [
    { value: 'all', label: 'All molecules' },
    { value: 'exon', label: 'Molecules in exons only' },
  ],
  default: 'all',
};

/** The bin size chosen, in DNB. @throws LacunaError `bad-option` when the file cannot be cut so */
export function binSizeOf(value: string, fileBins: readonly number[], path: string): number {
  const size = Number(value);
  if (canMake(size, fileBins)) return size;
  throw new LacunaError(
    'bad-option',
    `${path} counts in squares of ${fileBins.join(', ')} DNB, so bins of ${size} cannot be made.`,
    `Choose a multiple, for example ${Math.ceil(usualDefault / fileBins[0]) * fileBins[0]}.`,
    { bin: size, fileBins: fileBins.join(', ') },
  );
}

function canMake(size: number, fileBins: readonly number[]): boolean {
  return fileBins.some((fileBin) => size % fileBin === 0);
}

function labelOf(size: number, pitch: number, count: BinCount): string {
  const { bins, nnz } = count;
  return `${size} (${text(size * pitch)} µm): ${about(count)}${number(bins)} ${bins === 1 ? 'bin' : 'bins'}, ${memory(nnz)}`;
}

/** Index and value of an entry take 4 bytes each. */
function memory(nnz: number): string {
  const bytes = nnz * 8;
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB in memory`;
  if (bytes < 1e9) return `${rounded(bytes / 1e6)} MB in memory`;
  return `${rounded(bytes / 1e9)} GB in memory`;
}

function rounded(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

function about({ exact }: BinCount): string {
  return exact ? '' : 'about ';
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}

function text(value: number): string {
  return String(Number(value.toPrecision(6)));
}
