import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { File, ready } from 'h5wasm/node';
import { CATEGORY_COLOURS } from '../../contract/palettes/categorical.ts';
import { writeH5ad } from '../../export/h5ad/write-h5ad.ts';
import { openPath } from '../../formats/registry.ts';
import { takeAxis } from '../../jobs/tasks/export/take-axis.ts';
import { labelCandidates } from '../../jobs/tasks/labels-column.ts';
import { createProject } from '../../projects/create-project.ts';
import { openProject } from '../../projects/open-project.ts';
import type { Project } from '../../projects/project.types.ts';
import { simulate } from '../../simulate/simulate.ts';
import { projectScoreTable } from '../scores/project-score-table.ts';
import { beginAnnotation, editAnnotation, listAnnotations, restoreAnnotation } from './annotations.ts';
import { editGroups, type ColouredGroups } from './edit-groups.ts';

const groups = (): ColouredGroups => ({
  codes: Int32Array.from([0, 0, 0, 1, 1, 2, -1]),
  categories: ['A', 'B', 'C'],
  colours: ['#000001', '#000002', '#000003'],
});

describe('editGroups', () => {
  it('merges into the place and the colour of the largest; the others keep theirs', () => {
    const { codes, categories, colours } = editGroups(groups(), { kind: 'merge', groups: ['C', 'B'], name: 'BC' });
    expect([...codes]).toEqual([0, 0, 0, 1, 1, 1, -1]);
    expect(categories).toEqual(['A', 'BC']);
    expect(colours).toEqual(['#000001', '#000002']);
  });

  it('may call the merged one as one of them, not as another', () => {
    expect(editGroups(groups(), { kind: 'merge', groups: ['A', 'C'], name: 'C' }).categories).toEqual(['C', 'B']);
    expect(() => editGroups(groups(), { kind: 'merge', groups: ['A', 'C'], name: 'B' })).toThrow('another group');
    expect(() => editGroups(groups(), { kind: 'merge', groups: ['A', 'A'], name: 'x' })).toThrow('One group cannot');
  });

  it('renames, but not to a name that is taken', () => {
    expect(editGroups(groups(), { kind: 'rename', group: 'B', name: 'b cells' }).categories[1]).toBe('b cells');
    expect(() => editGroups(groups(), { kind: 'rename', group: 'B', name: 'A' })).toThrow('"A" already');
    expect(() => editGroups(groups(), { kind: 'rename', group: 'D', name: 'E' })).toThrow('no group called');
  });

  it('assigns to a new group in a free colour; a group that is empty goes', () => {
    const { codes, categories, colours } = editGroups(groups(), { kind: 'assign', obs: [5, 6], group: 'islet' });
    expect([...codes]).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect(categories).toEqual(['A', 'B', 'islet']);
    expect(colours).toEqual(['#000001', '#000002', CATEGORY_COLOURS[0]]);
    expect([...editGroups(groups(), { kind: 'assign', obs: [0], group: null }).codes]).toEqual([-1, 0, 0, 1, 1, 2, -1]);
    expect(() => editGroups(groups(), { kind: 'assign', obs: [7], group: 'A' })).toThrow('the dataset has 7');
  });

  it('leaves what it was given as it was', () => {
    const given = groups();
    editGroups(given, { kind: 'assign', obs: [0], group: 'B' });
    expect(given).toEqual(groups());
  });
});

describe('annotations of a project', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-annotations-'));
  const path = join(folder, 'a.lacuna');
  let project: Project;
  let dataset: number;
  const column = (name: string) => {
    const found = project.datasets.obs(dataset).columns.find((one) => one.name === name);
    if (found?.kind !== 'categorical') throw new Error(`${name} is no column of groups.`);
    return found;
  };
  beforeAll(async () => {
    project = createProject(path);
    dataset = (await project.datasets.import(simulate({ cells: 120, genes: 30, types: 4, counts: 400, seed: 2 }))).id;
  });
  afterAll(() => {
    project.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are columns of their own: the original stays, each change can be taken back and done again', () => {
    const original = column('cell_type');
    const [a, b] = original.categories;
    const begun = beginAnnotation(project, dataset, {
      column: 'mine',
      from: { kind: 'column', name: 'cell_type' },
      edit: { kind: 'merge', groups: [a, b], name: 'both' },
    });
    expect([begun.before, begun.origin, begun.change]).toEqual([null, 'cell_type', `Merge ${a} and ${b} to both`]);
    expect(column('cell_type')).toEqual(original);
    expect(column('mine').categories).toHaveLength(3);
    const both = column('mine').categories.indexOf('both');
    expect([...column('mine').codes].map((code) => code === both)).toEqual(
      [...original.codes].map((code) => code === 0 || code === 1),
    );

    const renamed = editAnnotation(project, dataset, 'mine', { kind: 'rename', group: 'both', name: 'AB' });
    const merged = column('mine');
    expect(renamed.before).toBe(begun.revision);
    restoreAnnotation(project, begun.revision);
    expect(column('mine').categories).toContain('both');
    restoreAnnotation(project, renamed.revision);
    expect(column('mine')).toEqual(merged);
    project.datasets.removeObsColumn(dataset, 'mine');
    expect(listAnnotations(project, dataset)).toEqual([]);
    restoreAnnotation(project, renamed.revision);
    expect(listAnnotations(project, dataset).map((one) => one.column)).toEqual(['mine']);
    expect(labelCandidates(project, dataset).map(({ name }) => name)).toContain('mine');
  });

  it('does not change what came with the data', () => {
    const edit = { kind: 'rename', group: 'x', name: 'y' } as const;
    expect(() => editAnnotation(project, dataset, 'cell_type', edit)).toThrow('came with the data');
    expect(() => beginAnnotation(project, dataset, { column: 'cell_type', from: null })).toThrow('already');
  });

  it('drops scores against groups that are no more, and keeps them where only a name changes', () => {
    const run = project.runs.create({
      datasetId: dataset,
      method: 'pca',
      preset: 'default',
      parameters: {},
      recipe: project.recipes.current(dataset).recipe,
      seed: 1,
      protocol: {},
    });
    const score = { runId: run.id, space: 'latent', clustering: 'kmeans', metric: 'ari', value: 0.5 };
    project.scores.put([{ ...score, labels: 'mine', seed: 1, protocol: {}, wallSeconds: 1 }]);
    editAnnotation(project, dataset, 'mine', { kind: 'rename', group: 'AB', name: 'ab' });
    editAnnotation(project, dataset, 'mine', { kind: 'colour', group: 'ab', colour: '#123456' });
    expect(projectScoreTable(project, {}).labels).toEqual(['mine']);
    editAnnotation(project, dataset, 'mine', { kind: 'assign', obs: [0, 1, 2], group: 'islet' });
    expect(projectScoreTable(project, {}).labels).toEqual([]);
  });

  it('outlive closing, and go with their column', async () => {
    const { revision } = beginAnnotation(project, dataset, { column: 'short', from: null });
    project.datasets.removeObsColumn(dataset, 'short');
    const before = column('mine');
    project.close();
    project = openProject(path);
    expect(column('mine')).toEqual(before);
    expect(before.colours).toContain('#123456');
    expect(() => restoreAnnotation(project, revision)).toThrow('no state');
  });

  it('go to .h5ad with their colours where scanpy looks for them', async () => {
    await ready;
    const out = join(folder, 'out.h5ad');
    const { nObs } = project.datasets.get(dataset);
    const obs = takeAxis(
      project.datasets.obs(dataset),
      Uint32Array.from({ length: nObs }, (_, i) => i),
    );
    const counts = await project.datasets.load(dataset);
    await writeH5ad(out, {
      nObs,
      nVar: counts.nVar,
      obs,
      var: project.datasets.var(dataset),
      matrices: [
        {
          name: 'X',
          storage: 'sparse',
          valueKind: 'counts',
          async *chunks() {
            yield { start: 0, ...counts };
          },
        },
      ],
      obsm: [],
      provenance: {},
    });
    const file = new File(out, 'r');
    const colours = file.get('uns/mine_colors') as { value: string[] } | null;
    expect(colours?.value).toEqual(column('mine').colours);
    expect(file.get('uns/cell_type_colors')).toBeNull();
    file.close();

    // They come back with the file.
    const source = await openPath(out, {}, {});
    const read = await project.datasets.import(source);
    source.close();
    const columns = project.datasets.obs(read.id).columns;
    expect(columns.find(({ name }) => name === 'mine')).toMatchObject({ colours: column('mine').colours });
    expect(columns.find(({ name }) => name === 'cell_type')).not.toHaveProperty('colours');
  });
});
