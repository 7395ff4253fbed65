import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProject } from '../../projects/create-project.ts';
import type { Project } from '../../projects/project.types.ts';
import { simulate } from '../../simulate/simulate.ts';
import { beginAnnotation, editAnnotation } from '../annotations/annotations.ts';
import { crossTable } from './cross-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'lacuna-cross-'));
let project: Project;
let dataset: number;

beforeAll(async () => {
  project = createProject(join(folder, 'cells.lacuna'));
  dataset = (await project.datasets.import(simulate({ cells: 100, genes: 20, types: 3, counts: 300, seed: 1 }))).id;
});
afterAll(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

const source = { kind: 'column', name: 'cell_type' } as const;

it('of a grouping with itself is a diagonal', () => {
  const found = crossTable(project, dataset, source, source);
  expect([found.ari, found.nmi, found.matchedShare, found.missing]).toEqual([1, 1, 1, 0]);
  found.counts.forEach((row, r) => row.forEach((count, c) => expect(count).toBe(r === c ? found.left.sizes[r] : 0)));
  expect(found.left).toEqual(found.right);
});

it('counts who is in both, and leaves out who is in one alone', () => {
  const [a, b] = crossTable(project, dataset, source, source).left.names;
  beginAnnotation(project, dataset, {
    column: 'mine',
    from: source,
    edit: { kind: 'merge', groups: [a, b], name: 'ab' },
  });
  editAnnotation(project, dataset, 'mine', { kind: 'assign', obs: [0, 1, 2], group: null });
  const found = crossTable(project, dataset, source, { kind: 'column', name: 'mine' });
  expect(found.missing).toBe(3);
  expect(found.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(97);
  expect(found.right.names).toHaveLength(2);
  expect(found.matched.filter((match) => match === null)).toHaveLength(1);
  const merged = found.right.names.indexOf('ab');
  expect(found.right.sizes[merged]).toBe(found.counts[0][merged] + found.counts[1][merged]);
  expect(found.ari).toBeGreaterThan(0.2);
  expect(found.ari).toBeLessThan(1);
});
