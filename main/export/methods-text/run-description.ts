import type { Citation } from '../../methods/method.ts';
import type { Recipe } from '../../preprocess/recipe.ts';

/** Everything that a reader needs to repeat a run, as plain data. */
export interface RunDescription {
  dataset: {
    name: string;
    /** Before filtering. */
    nObs: number;
    nVar: number;
    /** 'Cell Ranger 3 .h5', 'simulated tissue' … ; empty when not known. */
    format: string;
    /** Files with size, options chosen, warnings. JSON values only. */
    provenance: Record<string, unknown>;
  };
  /** What one observation is: 'cell', 'spot', 'bin'. */
  observation: string;
  recipe: Recipe;
  /** After filtering and choosing variable genes. */
  kept: { nObs: number; nVar: number };
  method: {
    id: string;
    /** 'β-VAE' */
    title: string;
    paper: Citation | null;
    preset: string;
    /** All parameters, complete. */
    parameters: Record<string, unknown>;
    /** What the preset would have set. */
    presetParameters: Record<string, unknown>;
    /** Plain names by parameter, with units where they have one. */
    labels?: Record<string, { label: string; unit?: string }>;
  };
  seed: number;
  /** 'CPU', 'GPU: NVIDIA …' */
  device: string;
  wallSeconds: number;
  /** By name: Lacuna, TensorFlow, Node. */
  versions: Record<string, string>;
  /** Final figures of the training: epochs, held-out loss … */
  summary: Record<string, number>;
  scores: DescribedScore[];
}

export interface DescribedScore {
  /** 'ARI', 'NMI' … */
  metric: string;
  value: number;
  /** 'latent', 't-SNE (2-D) of the latent' … */
  space: string;
  /** 'k-means', 'Leiden'; empty for figures without clusters. */
  clustering: string;
  /** The obs column compared with; empty where none is. */
  labels: string;
}
