import type { ImportChoice } from '../format-reader.ts';
import type { VisiumSection } from './visium-section.ts';

/** The value of `section` that asks for every one. */
export const everySection = 'all';

/** The bin size that 10x Genomics recommends to begin with, in µm. */
const usualBin = 8;

/** Which spots: those under tissue, or every one that has a position. */
export const spotsChoice: ImportChoice = {
  key: 'spots',
  label: 'Spots',
  help: 'Space Ranger marks the spots that lie under tissue; the others hold what leaked out of it.',
  kind: 'one-of',
  options: [
    { value: 'tissue', label: 'Under tissue' },
    { value: 'all', label: 'All' },
  ],
  default: 'tissue',
};

/** Which section of a folder with several; null when there is one. */
export function sectionChoice(sections: readonly VisiumSection[]): ImportChoice | null {
  if (sections.length < 2) return null;
  return {
    key: 'section',
    label: 'Section',
    help: 'All sections, each as a dataset of its own, or one of them.',
    kind: 'one-of',
    options: [
      { value: everySection, label: `All ${sections.length} sections` },
      ...sections.map(({ label }) => ({ value: label, label })),
    ],
    default: everySection,
  };
}

/** Which bin size of Visium HD; null for Visium. */
export function binChoice({ bins }: VisiumSection): ImportChoice | null {
  const sizes = bins.map(({ micrometres }) => micrometres).filter((size) => size !== null);
  if (sizes.length === 0) return null;
  return {
    key: 'bin',
    label: 'Bin size',
    help: 'Side of a bin. Small bins show more and hold fewer counts; most people begin with 8 µm.',
    kind: 'one-of',
    options: sizes.map((size) => ({ value: String(size), label: `${size} µm` })),
    default: String(sizes.includes(usualBin) ? usualBin : sizes[0]),
  };
}
