import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DatasetSource } from '../../dataset/dataset-source.ts';
import type { SpatialLayout } from '../../dataset/spatial-layout.ts';
import { createProject } from '../create-project.ts';
import { openProject } from '../open-project.ts';
import { madeMatrix, madeSource } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { thrownBy } from '../testing/thrown.ts';

const layout: SpatialLayout = {
  obsm: 'spatial',
  micrometresPerUnit: 0.5,
  spotSize: 50,
  spotShape: 'square',
  yDown: true,
  images: [
    { name: 'hires', mediaType: 'image/png', width: 20, height: 10, scale: 0.25, bytes: Uint8Array.of(1, 2, 3) },
    { name: 'lowres', mediaType: 'image/jpeg', width: 4, height: 2, scale: 0.05, bytes: Uint8Array.of(9) },
  ],
  borders: { offsets: Uint32Array.of(0, 3, 3, 6), vertices: Float32Array.from({ length: 12 }, (_, i) => i / 2) },
};

function source(changes: Partial<DatasetSource> = {}): DatasetSource {
  return {
    ...madeSource(madeMatrix(3, 5, 0.5, 1)),
    obsm: [{ name: 'spatial', nDim: 2, values: new Float64Array(6), unit: 'pixel' }],
    spatial: layout,
    ...changes,
  };
}

it('gives a section back as it came, after closing too', async () => {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id } = await project.datasets.import(source());
  const plain = await project.datasets.import(source({ spatial: null }));
  project.close();
  const again = openProject(project.path);
  const { datasets } = again;
  const { images, borders, ...rest } = layout;
  expect(datasets.get(id).spatial).toEqual({
    ...rest,
    images: images.map(({ bytes: _, ...image }) => image),
    hasBorders: true,
  });
  expect(datasets.tissueImage(id, 'lowres')).toEqual(images[1]);
  expect(datasets.cellBorders(id)).toEqual(borders);
  expect(datasets.get(plain.id).spatial).toBeNull();
  expect(datasets.cellBorders(plain.id)).toBeNull();
  expect((await thrownBy(() => datasets.tissueImage(id, 'x'))).code).toBe('not-found');
  again.close();
});

it('takes a scale that a person states, and no nonsense', async () => {
  const { datasets } = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id } = await datasets.import(source());
  datasets.putScale(id, { obsm: 'spatial', micrometresPerUnit: 0.73, spotSize: null });
  expect(datasets.get(id).spatial).toMatchObject({ micrometresPerUnit: 0.73, spotSize: null, hasBorders: true });
  const plain = await datasets.import(source({ spatial: null }));
  datasets.putScale(plain.id, { obsm: 'spatial', micrometresPerUnit: 2, spotSize: 20 });
  expect(datasets.get(plain.id).spatial).toMatchObject({ obsm: 'spatial', micrometresPerUnit: 2, images: [] });
  for (const [obsm, micrometresPerUnit, code] of [
    ['spatial', 0, 'bad-option'],
    ['spatial', NaN, 'bad-option'],
    ['elsewhere', 1, 'not-found'],
  ] as const) {
    const wrong = await thrownBy(() => datasets.putScale(id, { obsm, micrometresPerUnit, spotSize: 1 }));
    expect(wrong.code).toBe(code);
  }
});

it('refuses a section that does not fit the dataset, and keeps nothing', async () => {
  const { datasets } = createProject(join(temporaryFolder(), 'a.lacuna'));
  const broken: SpatialLayout[] = [
    { ...layout, obsm: 'elsewhere' },
    { ...layout, images: [layout.images[0], layout.images[0]] },
    { ...layout, borders: { offsets: Uint32Array.of(0, 3), vertices: new Float32Array(6) } },
  ];
  for (const spatial of broken)
    expect((await thrownBy(() => datasets.import(source({ spatial })))).code).toBe('bad-file');
  expect(datasets.list()).toEqual([]);
});
