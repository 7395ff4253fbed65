import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARKER_COLUMNS } from '../../contract/markers/marker-columns.ts';
import type { MarkersResult } from '../../jobs/job-results.ts';
import type { Project } from '../../projects/project.types.ts';
import { simulate } from '../../simulate/simulate.ts';
import { LacunaCore } from '../lacuna-core.ts';
import type { MarkersRequest } from '../requests.ts';
import { markersText, rankMarkers } from './markers-text.ts';

const core = new LacunaCore();
const folder = mkdtempSync(join(tmpdir(), 'lacuna-markers-'));
let project: Project;
let dataset: number;

async function find(request: MarkersRequest): Promise<MarkersResult> {
  return (await core.waitFor(core.findMarkers(project, request).id)).result as MarkersResult;
}

beforeAll(async () => {
  project = core.createProject(join(folder, 'cells.lacuna'));
  dataset = (await project.datasets.import(simulate({ cells: 240, genes: 80, types: 3, counts: 900, seed: 5 }))).id;
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('markers as a job', () => {
  const source = { kind: 'column', name: 'cell_type' } as const;

  it('are found for every group, stored, and given again', async () => {
    const { tables, cached } = await find({ groups: source });
    expect(tables).toHaveLength(3);
    expect(cached).toBe(false);
    expect(tables[0].against).toBe('each of the other 2 groups');
    expect(tables[0].nGroup + tables[0].nOthers).toBe(240);
    const again = await find({ groups: source, group: tables[1].group });
    expect(again.cached).toBe(true);
    expect(again.tables.map(({ id }) => id)).toEqual([tables[1].id]);
  });

  it('of a selection are those of the group that was selected', async () => {
    const [column] = project.datasets.obs(dataset).columns;
    if (column.kind !== 'categorical') throw new Error('no groups');
    const obs = [...column.codes].flatMap((code, i) => (code === 0 ? [i] : []));
    const rest = await find({ groups: source, group: column.categories[0], against: { kind: 'rest' } });
    const selected = await find({ groups: { kind: 'selection', obs, name: 'islet' } });
    expect(selected.tables[0]).toMatchObject({ group: 'islet', against: 'the rest', nGroup: obs.length });
    expect(project.markers.values(selected.tables[0].id)).toEqual(project.markers.values(rest.tables[0].id));
    const other = { kind: 'group', name: column.categories[1] } as const;
    const pair = await find({ groups: source, group: column.categories[0], against: other });
    const lasso = await find({ groups: { kind: 'selection', obs }, against: { ...other, of: source } });
    expect(project.markers.values(lasso.tables[0].id)).toEqual(project.markers.values(pair.tables[0].id));
    expect(lasso.tables[0].against).toBe(column.categories[1]);
  });

  it('are ranked, best first, and written with every figure', async () => {
    const { tables } = await find({ groups: source });
    for (const by of ['auc_mean', 'cohensD_min', 'auc_rank']) {
      const { order, values } = rankMarkers(project, tables[0].id, by);
      const at = MARKER_COLUMNS.indexOf(by);
      const figures = Array.from(order, (i) => values[i * MARKER_COLUMNS.length + at]);
      const sorted = figures.toSorted((a, b) => (by.endsWith('rank') ? a - b : b - a));
      expect(figures).toEqual(sorted);
    }
    const lines = markersText(project, tables[0].id, { format: 'tsv', order: 'auc_mean' }).trimEnd().split('\n');
    expect(lines).toHaveLength(1 + project.markers.genes(tables[0].id).length);
    for (const line of lines) expect(line.split('\t')).toHaveLength(5 + MARKER_COLUMNS.length);
  });

  it('refuse what is not there, in plain words', async () => {
    await expect(find({ groups: source, group: 'nobody' })).rejects.toThrow('has no group "nobody"');
    await expect(find({ groups: { kind: 'column', name: 'nothing' } })).rejects.toThrow('no column "nothing"');
    await expect(find({ groups: { kind: 'selection', obs: [999] } })).rejects.toThrow('the dataset has 240');
    const every = Array.from({ length: 240 }, (_, i) => i);
    await expect(find({ groups: { kind: 'selection', obs: every } })).rejects.toThrow('no two groups');
  });
});
