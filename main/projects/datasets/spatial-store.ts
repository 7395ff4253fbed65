import type { SpatialLayout, TissueImage } from '../../dataset/spatial-layout.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import type { StoredLayout } from '../project.types.ts';
import { ArrayStore } from '../stores/array-store.ts';

interface LayoutRow {
  obsm: string;
  micrometres_per_unit: number | null;
  spot_size: number | null;
  spot_shape: SpatialLayout['spotShape'];
  y_down: number;
  has_borders: number;
}

interface ImageRow extends Omit<TissueImage, 'bytes' | 'mediaType'> {
  media_type: string;
}

/** How datasets lie on their tissue: scale, spots, images, borders. */
export class SpatialStore {
  readonly #database: ProjectDatabase;
  readonly #arrays: ArrayStore;

  constructor(database: ProjectDatabase) {
    this.#database = database;
    this.#arrays = new ArrayStore(database);
  }

  put(datasetId: number, layout: SpatialLayout): void {
    const db = this.#database;
    const owner = { kind: 'dataset', id: datasetId } as const;
    db.transaction(() => {
      db.run(
        'INSERT INTO spatial_layouts (dataset_id, obsm, micrometres_per_unit, spot_size, spot_shape, y_down, has_borders) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
          datasetId,
          layout.obsm,
          layout.micrometresPerUnit,
          layout.spotSize,
          layout.spotShape,
          layout.yDown ? 1 : 0,
          layout.borders === null ? 0 : 1,
        ],
      );
      for (const [position, { name, mediaType, width, height, scale, bytes }] of layout.images.entries()) {
        db.run(
          'INSERT INTO tissue_images (dataset_id, position, name, media_type, width, height, scale) VALUES (?, ?, ?, ?, ?, ?, ?)',
          [datasetId, position, name, mediaType, width, height, scale],
        );
        this.#arrays.put(owner, imageOf(name), bytes);
      }
      if (layout.borders !== null) {
        this.#arrays.put(owner, BORDER_OFFSETS, layout.borders.offsets);
        this.#arrays.put(owner, BORDER_VERTICES, layout.borders.vertices, 2);
      }
    });
  }

  get(datasetId: number): StoredLayout | null {
    const row = this.#database.get<LayoutRow>(
      'SELECT obsm, micrometres_per_unit, spot_size, spot_shape, y_down, has_borders FROM spatial_layouts WHERE dataset_id = ?',
      [datasetId],
    );
    if (row === undefined) return null;
    return {
      obsm: row.obsm,
      micrometresPerUnit: row.micrometres_per_unit,
      spotSize: row.spot_size,
      spotShape: row.spot_shape,
      yDown: row.y_down === 1,
      images: this.#imageRows(datasetId).map(({ media_type: mediaType, ...image }) => ({ ...image, mediaType })),
      hasBorders: row.has_borders === 1,
    };
  }

  /** Sets what a person knows better than the file. */
  putScale(datasetId: number, scale: Pick<SpatialLayout, 'obsm' | 'micrometresPerUnit' | 'spotSize'>): void {
    this.#database.run(
      `INSERT INTO spatial_layouts (dataset_id, obsm, micrometres_per_unit, spot_size, spot_shape, y_down, has_borders)
       VALUES (?, ?, ?, ?, 'circle', 1, 0)
       ON CONFLICT (dataset_id) DO UPDATE SET
         micrometres_per_unit = excluded.micrometres_per_unit, spot_size = excluded.spot_size`,
      [datasetId, scale.obsm, scale.micrometresPerUnit, scale.spotSize],
    );
  }

  /** @throws LacunaError `not-found` */
  image(datasetId: number, name: string): TissueImage {
    const row = this.#imageRows(datasetId).find((image) => image.name === name);
    if (row === undefined)
      throw new LacunaError(
        'not-found',
        `Dataset ${datasetId} has no tissue image "${name}".`,
        'Choose one of those that the dataset lists.',
      );
    const { media_type: mediaType, ...image } = row;
    const { array } = this.#arrays.require({ kind: 'dataset', id: datasetId }, imageOf(name));
    return { ...image, mediaType, bytes: array as Uint8Array };
  }

  borders(datasetId: number): SpatialLayout['borders'] {
    if (this.get(datasetId)?.hasBorders !== true) return null;
    const owner = { kind: 'dataset', id: datasetId } as const;
    return {
      offsets: this.#arrays.require(owner, BORDER_OFFSETS).array as Uint32Array,
      vertices: this.#arrays.require(owner, BORDER_VERTICES).array as Float32Array,
    };
  }

  #imageRows(datasetId: number): ImageRow[] {
    return this.#database.all<ImageRow>(
      'SELECT name, media_type, width, height, scale FROM tissue_images WHERE dataset_id = ? ORDER BY position',
      [datasetId],
    );
  }
}

const imageOf = (name: string): string => `image ${name}`;
const BORDER_OFFSETS = 'border offsets';
const BORDER_VERTICES = 'border vertices';
