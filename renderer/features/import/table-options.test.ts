import { describe, expect, it } from 'vitest';
import type { Inspection } from './import-item.svelte.ts';
import { changedOptions, optionsForRole, rolesFor } from './table-options.ts';

const choice = (key: string, value: string) => ({
  key,
  label: key,
  help: '',
  kind: 'one-of' as const,
  options: [],
  default: value,
});
const preview = { path: '/t.csv', delimiter: ',', hasHeader: true, columns: [], roles: [], nColumns: 0, rows: [] };

function found(orientation: string, withPositions: boolean): Inspection {
  const choices = [
    choice('orientation', orientation),
    choice('id', 'cell'),
    choice('positions-id', 'barcode'),
    choice('x', 'xcoord'),
    choice('y', 'ycoord'),
    choice('z', 'none'),
    choice('annotations', 'type,area'),
  ];
  return { choices, table: preview, positionsTable: withPositions ? preview : null } as unknown as Inspection;
}

describe('choices of tables', () => {
  it('finds out anew what another table or another split makes senseless', () => {
    const options = { matrix: 'a.csv', positions: 'b.csv', x: 'X', id: 'cell', unit: 'um', values: 'counts' };
    expect(changedOptions(options, 'positions', 'c.csv')).toEqual({
      matrix: 'a.csv',
      positions: 'c.csv',
      id: 'cell',
      values: 'counts',
    });
    expect(changedOptions(options, 'matrix', 'd.csv')).toEqual({ matrix: 'd.csv', unit: 'um', values: 'counts' });
    expect(changedOptions(options, 'header', 'no')).not.toHaveProperty('id');
  });

  it('offers what a column may be', () => {
    expect(rolesFor(found('cells-in-rows', true), 'positions')).toContain('x');
    expect(rolesFor(found('cells-in-rows', true), 'counts')).toEqual([]);
    expect(rolesFor(found('genes-in-rows', false), 'counts')).toEqual([]);
    expect(rolesFor(found('cells-in-rows', false), 'counts')).toContain('x');
  });

  it('moves a role from one column to another', () => {
    const it = found('cells-in-rows', true);
    expect(optionsForRole(it, {}, 'positions', 'area', 'x')).toEqual({ x: 'area', annotations: 'type' });
    expect(optionsForRole(it, {}, 'positions', 'xcoord', 'y')).toEqual({
      x: 'none',
      y: 'xcoord',
      annotations: 'type,area',
    });
    expect(optionsForRole(it, { annotations: 'type' }, 'positions', 'barcode', 'annotation')).toEqual({
      'positions-id': 'none',
      annotations: 'type,barcode',
    });
    expect(optionsForRole(found('cells-in-rows', false), {}, 'counts', 'cell', 'value')).toEqual({
      id: 'none',
      annotations: 'type,area',
    });
  });
});
