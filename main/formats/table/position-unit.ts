import { basename } from 'node:path';

/** Units that positions may be in, with µm for one of them. */
export const positionUnits = [
  { value: 'um', label: 'Micrometres (µm)', unit: 'µm', micrometres: 1 },
  { value: 'mm', label: 'Millimetres', unit: 'mm', micrometres: 1000 },
  // Slide-seq's images of beads have 0.65 µm per pixel (Rodriques et al., Science 363:1463, 2019).
  { value: 'slide-seq-pixel', label: 'Slide-seq pixels (0.65 µm)', unit: 'pixel', micrometres: 0.65 },
  { value: 'pixel', label: 'Pixels of unknown size', unit: 'pixel', micrometres: null },
  { value: 'unknown', label: 'Not known', unit: '', micrometres: null },
] as const;

export type PositionUnit = (typeof positionUnits)[number];

/** The layout that programs of a known technique write, by the names of its files. */
export interface KnownLayout {
  title: string;
  unit: PositionUnit['value'] | null;
  /** Diameter of what lies at a position, in µm. */
  spot: number | null;
}

/** What the names of the two files tell. */
export function knownLayout(counts: string, places: string | null): KnownLayout | null {
  const [c, p] = [basename(counts), places === null ? '' : basename(places)];
  if (/^(bead_?locations|.*bead_?locations)/i.test(p) || /^mappeddge/i.test(c))
    return { title: 'Slide-seq tables', unit: 'slide-seq-pixel', spot: 10 };
  if (/cell_by_gene/i.test(c)) return { title: 'MERFISH tables', unit: 'um', spot: null };
  if (/exprmat_file/i.test(c)) return { title: 'CosMx tables', unit: 'pixel', spot: null };
  if (/centroids/i.test(p) && /counts/i.test(c)) return { title: 'seqFISH tables', unit: 'pixel', spot: null };
  return null;
}

/** The unit as the headings or the layout say. */
export function guessUnit(xName: string, layout: KnownLayout | null): PositionUnit['value'] {
  if (/(^|[^a-z])(um|µm|microns?|micrometers?)([^a-z]|$)/i.test(xName)) return 'um';
  if (/(^|[^a-z])mm([^a-z]|$)/i.test(xName)) return 'mm';
  if (/px|pixel|pxl|fullres|imagecol/i.test(xName)) return 'pixel';
  // Xenium's and Vizgen's own headings, which are in µm.
  if (/^x_centroid$|^center_x$/i.test(xName)) return 'um';
  return layout?.unit ?? 'unknown';
}

export function unitOf(value: string): PositionUnit {
  return positionUnits.find((unit) => unit.value === value) ?? positionUnits[positionUnits.length - 1];
}
