import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import { project, type DatasetInfo, type RunInfo } from '../../app/project.svelte.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';
import { gatherCodes, makeGroups } from '../explore/groups.ts';
import type { Groups } from '../explore/explore-types.ts';
import type { Study } from './study-types.ts';

/** What colours the pictures: an obs column, or the clusters of each picture. */
export const CLUSTERS = 'clusters of the picture';

/** A picture that can be drawn. */
export interface DrawnPicture {
  run: RunInfo;
  title: string;
  positions: Float32Array;
  nDim: 2 | 3;
  groups: Groups;
}

const KINDS = { tsne: 't-SNE', umap: 'UMAP', pca: 'PCA' };

/** 'tsne-2d' → '2-D t-SNE' */
export function spaceName({ kind, nDim }: Pick<Study['pictures'][number], 'kind' | 'nDim'>): string {
  return `${nDim}-D ${KINDS[kind]}`;
}

/** Reads the pictures of some runs in one space, coloured by a column of groups or by the clusters found in each. */
export async function readPictures(
  study: Study,
  dataset: DatasetInfo,
  wanted: { space: string; seed: number; colour: string },
): Promise<DrawnPicture[]> {
  const { uuid } = project;
  const column = wanted.colour === CLUSTERS ? null : await readColumn(uuid, dataset.id, wanted.colour);
  const found = study.pictures.filter(({ space, embedding }) => space === wanted.space && embedding !== null);
  const drawn = await Promise.all(
    found.map(async (picture): Promise<DrawnPicture | null> => {
      const run = study.runs.find(({ id }) => id === picture.run);
      if (run?.seed !== wanted.seed) return null;
      const [embedding, obs] = await Promise.all([
        fetchArray(bulkRoutes.embedding(uuid, picture.embedding!)),
        fetchArray<Int32Array>(bulkRoutes.runObs(uuid, run.id)),
      ]);
      const title = run.name.replace(/ · seed \d+$/, '');
      const common = {
        run,
        title,
        positions: embedding.values,
        nDim: picture.nDim === 3 ? (3 as const) : (2 as const),
      };
      if (column !== null)
        return { ...common, groups: makeGroups(column.name, gatherCodes(column.codes, obs.values), column.categories) };
      if (picture.clustering === null) return null;
      const { values: codes } = await fetchArray<Int32Array>(bulkRoutes.clustering(uuid, picture.clustering));
      const nClusters = codes.reduce((most, code) => Math.max(most, code + 1), 0);
      const names = Array.from({ length: nClusters }, (_, code) => `cluster ${code + 1}`);
      return { ...common, groups: makeGroups('clusters', codes, names) };
    }),
  );
  return drawn.filter((picture) => picture !== null);
}

async function readColumn(
  uuid: string,
  dataset: number,
  name: string,
): Promise<{ name: string; codes: Int32Array; categories: readonly string[] }> {
  const [{ values: codes }, columns] = await Promise.all([
    fetchArray<Int32Array>(bulkRoutes.obsColumn(uuid, dataset, name)),
    core.datasets.columns({ project: uuid, dataset }),
  ]);
  return { name, codes, categories: columns.find((column) => column.name === name)?.categories ?? [] };
}
