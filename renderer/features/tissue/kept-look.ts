import type { DatasetInfo } from '../../app/project.svelte.ts';
import { TissueLook } from './tissue-look.svelte.ts';

const looks = new Map<string, TissueLook>();

/** The look of a dataset, as it was left in this session. */
export function tissueLook(project: string, dataset: DatasetInfo): TissueLook {
  const key = `${project}/${dataset.id}`;
  let look = looks.get(key);
  if (look === undefined) {
    look = new TissueLook(dataset.spatial);
    looks.set(key, look);
  }
  return look;
}
