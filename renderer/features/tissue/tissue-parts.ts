import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import type { DatasetInfo } from '../../app/project.svelte.ts';
import type { Outlines } from '../../points/outlines.ts';
import type { Backdrop } from '../../points/surface.ts';
import { fetchArray } from '../../rpc/bulk.ts';

/** Pixels on a side that every graphics card of today takes as one texture. */
const LARGEST_SIDE = 8192;
/** Pictures of so many datasets are kept; they are large. */
const MOST_KEPT = 4;

const backdrops = new Map<string, Promise<Backdrop>>();
const outlines = new Map<string, Promise<Outlines>>();

/** A tissue image of a dataset as a picture beneath its points, read once. Null where there is none of that name. */
export function tissueBackdrop(project: string, dataset: DatasetInfo, name: string): Promise<Backdrop> | null {
  const image = dataset.spatial?.images.find((one) => one.name === name);
  if (image === undefined) return null;
  const path = bulkRoutes.tissueImage(project, dataset.id, name);
  return kept(backdrops, path, async () => {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`The tissue image “${name}” could not be read (${response.status}).`);
    const shrink = Math.min(1, LARGEST_SIDE / Math.max(image.width, image.height));
    const blob = await response.blob();
    const picture =
      shrink === 1
        ? await createImageBitmap(blob)
        : await createImageBitmap(blob, {
            resizeWidth: Math.round(image.width * shrink),
            resizeHeight: Math.round(image.height * shrink),
            resizeQuality: 'high',
          });
    // A pixel of the image is a coordinate times its scale.
    return { picture, width: image.width / image.scale, height: image.height / image.scale };
  });
}

/** Outlines of all cells of a dataset, read once. */
export function cellOutlines(project: string, dataset: number): Promise<Outlines> {
  const path = bulkRoutes.borderOffsets(project, dataset);
  return kept(outlines, path, async () => {
    const [offsets, vertices] = await Promise.all([
      fetchArray<Int32Array>(path),
      fetchArray(bulkRoutes.borderVertices(project, dataset)),
    ]);
    return { offsets: offsets.values, vertices: vertices.values };
  });
}

function kept<T>(known: Map<string, Promise<T>>, path: string, read: () => Promise<T>): Promise<T> {
  let reading = known.get(path);
  if (reading === undefined) {
    reading = read();
    reading.catch(() => known.delete(path));
  }
  known.delete(path);
  known.set(path, reading);
  if (known.size > MOST_KEPT) known.delete(known.keys().next().value ?? '');
  return reading;
}
