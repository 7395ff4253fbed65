import type { ExploreData } from '../explore/explore-data.ts';

/** Values of one gene with the group that each one lies in. */
export interface GeneValues {
  name: string;
  /** [n], log(1 + normalised) */
  values: Float32Array;
}

/** Genes with the observations that their values are of. */
export interface ReadGenes {
  /** [n], positions in the dataset */
  obs: Int32Array;
  genes: GeneValues[];
}

/** Reads the values of some genes as measured, over the observations of a run, or of the dataset without one. */
export async function readGenes(
  data: ExploreData,
  run: number | null,
  genes: readonly { index: number; name: string }[],
): Promise<ReadGenes> {
  const [obs, ...values] = await Promise.all([
    data.obs(run),
    ...genes.map(({ index, name }) => data.gene(run, { index, name, id: name }, 'log', 'observed')),
  ]);
  return { obs, genes: genes.map(({ name }, i) => ({ name, values: values[i] })) };
}
