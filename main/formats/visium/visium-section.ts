/** Where the parts of one capture area (or of one bin size of Visium HD) lie. */
export interface VisiumBin {
  /** Side of a bin in µm for Visium HD; null for spots. */
  micrometres: number | null;
  /** Folder with the matrices: `outs`, or `square_008um`. */
  root: string;
  /** Folder with positions, scale factors and images. */
  spatial: string;
  /** The table of positions. */
  positions: string;
}

/** One tissue section as Space Ranger wrote it. */
export interface VisiumSection {
  /** Tells it from the others below the folder that was chosen; '' when it is that folder. */
  label: string;
  /** Folder by which to choose this section alone. */
  path: string;
  /** One for Visium; one per bin size, the finest first, for Visium HD. */
  bins: VisiumBin[];
}
