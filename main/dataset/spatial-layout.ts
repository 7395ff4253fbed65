/** How the observations of a dataset lie on a tissue section, and what was photographed there. */
export interface SpatialLayout {
  /** Name of the obsm array with the positions that the layout speaks of; in the units meant below. */
  obsm: string;
  /** µm per unit of those positions; null when the files do not say. */
  micrometresPerUnit: number | null;
  /** Diameter of a round spot or side of a square bin, in units of the positions; null when unknown. */
  spotSize: number | null;
  spotShape: 'circle' | 'square';
  /** True when the second coordinate grows downwards, as rows of an image do. */
  yDown: boolean;
  /** Pictures of the tissue, the finest first. */
  images: TissueImage[];
  /** Outlines of segmented cells; null where there are none. */
  borders: CellBorders | null;
}

/** A picture of the tissue, as the file holds it: PNG, JPEG. */
export interface TissueImage {
  /** 'hires', 'lowres' … */
  name: string;
  /** 'image/png', 'image/jpeg' */
  mediaType: string;
  /** Width and height in pixels of the image. */
  width: number;
  height: number;
  /** Pixels of the image per unit of the positions. */
  scale: number;
  bytes: Uint8Array;
}

/** Outlines of cells in the order of the observations. */
export interface CellBorders {
  /** [nObs + 1], vertices of observation i are `offsets[i]` … `offsets[i + 1]`; none where it has no outline. */
  offsets: Uint32Array;
  /** [nVertices, 2], x and y in units of the positions */
  vertices: Float32Array;
}
