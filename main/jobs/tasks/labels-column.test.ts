import { describe, expect, test } from 'vitest';
import type { Column } from '../../dataset/column.ts';
import type { Project } from '../../projects/project.types.ts';
import { labelsColumn } from './labels-column.ts';

/** A dataset's annotations are all that choosing labels looks at. */
function projectWith(columns: Column[]): Project {
  return { datasets: { obs: () => ({ names: [], columns }) } } as unknown as Project;
}

const numbers: Column = { kind: 'numeric', name: 'n_counts', values: Float64Array.of(1, 2, 3, 4) };
const barcodes: Column = {
  kind: 'string',
  name: 'barcode_label',
  values: Array.from({ length: 200 }, (_, i) => `cell ${i}`),
};
const constant: Column = {
  kind: 'categorical',
  name: 'cell_label',
  codes: Int32Array.of(0, 0, 0, 0),
  categories: ['all'],
  ordered: false,
};
const groups = (name: string): Column => ({
  kind: 'categorical',
  name,
  codes: Int32Array.of(0, 1, -1, 1),
  categories: ['a', 'b'],
  ordered: false,
});

describe('the column of labels', () => {
  test.each([
    [['orig.ident', 'seurat_clusters', 'cell_type'], 'cell_type'],
    [['leiden', 'Layer'], 'Layer'],
    [['batch', 'celltype_major', 'cluster'], 'celltype_major'],
    [['louvain', 'sample'], 'louvain'],
    [['only'], 'only'],
  ])('of %j is %s', (names, best) => {
    expect(labelsColumn(projectWith([numbers, barcodes, constant, ...names.map(groups)]), 1).name).toBe(best);
  });

  test('texts that repeat are groups', () => {
    const column: Column = { kind: 'string', name: 'region', values: ['cortex', '', 'medulla', 'cortex'] };
    expect(labelsColumn(projectWith([column]), 1)).toMatchObject({
      categories: ['cortex', 'medulla'],
      codes: Int32Array.of(0, -1, 1, 0),
    });
  });

  test('that is not there, or cannot be one, is refused with the choices', () => {
    const project = projectWith([numbers, constant, groups('batch'), groups('donor')]);
    const refusal = (name?: string) => {
      try {
        labelsColumn(project, 1, name);
      } catch (error) {
        return error as { message: string; remedy: string };
      }
      throw new Error('not refused');
    };
    expect(refusal('nonsense').message).toContain('There is no column "nonsense"');
    expect(refusal('n_counts').message).toContain('cannot serve as labels');
    expect(refusal('cell_label').remedy).toContain('batch, donor');
    expect(refusal().message).toContain('No column of labels');
    expect(() => labelsColumn(projectWith([numbers]), 1)).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('labels file') }),
    );
  });
});
