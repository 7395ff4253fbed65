import type { Citation } from './method.ts';

/** What a box of a diagram shows; the window has one small drawing for each. */
export type DiagramPicture =
  /** Cells × genes. */
  | 'matrix'
  /** Spots where they lie. */
  | 'tissue'
  /** Layers of a network, from wide to narrow. */
  | 'encoder'
  /** Layers of a network, from narrow to wide. */
  | 'decoder'
  /** Layers of one width. */
  | 'layers'
  /** A few numbers for each cell. */
  | 'latent'
  /** A position with an uncertainty. */
  | 'cloud'
  /** A few numbers, most of them zero. */
  | 'sparse'
  /** Cells or spots joined to their neighbours. */
  | 'graph'
  /** Sine waves of several directions. */
  | 'waves'
  /** Grids from coarse to fine. */
  | 'grids'
  /** Directions through a cloud of points. */
  | 'axes'
  /** A distribution of counts. */
  | 'counts'
  /** Zeros of two kinds. */
  | 'zeros'
  /** One profile for all. */
  | 'mean'
  /** A single number for each cell. */
  | 'number';

export interface DiagramNode {
  id: string;
  picture: DiagramPicture;
  /** Under the drawing, at most some 24 letters. */
  label: string;
  /** Second line in grey: a size, a symbol. */
  note?: string;
}

export interface DiagramArrow {
  from: string;
  to: string;
  /** Dashed arrows compare, full ones compute. */
  kind?: 'computes' | 'compares';
  /** Set at the arrow. */
  label?: string;
}

/** An architecture as boxes in columns from left to right; the window draws it. */
export interface Diagram {
  /** The picture in one sentence, for those who cannot see it. */
  alt: string;
  columns: readonly (readonly DiagramNode[])[];
  arrows: readonly DiagramArrow[];
}

/** A method for a person who has to decide whether to use it. */
export interface Explanation {
  /** What it does, in a sentence. */
  idea: string;
  /** How it works; a paragraph each. */
  how: readonly string[];
  when: readonly string[];
  whenNot: readonly string[];
  /** What the data must have. */
  needs: readonly string[];
  /** What makes it slow or large. */
  cost: string;
  /** What a run leaves behind. */
  gives: readonly string[];
  /** How to tell that it worked. */
  check: string;
  diagram: Diagram;
  /** Papers that it rests on, beside its own. */
  further: readonly Citation[];
}
