import { describe, expect, it } from 'vitest';
import { groupTables } from './group-tables.ts';

/** Tables by path: 'counts', or the path of the counts that a table of positions finds beside it. */
function folder(tables: Record<string, { beside?: string; fits?: string }>) {
  return (path: string, options: Record<string, string> = {}): ReturnType<Parameters<typeof groupTables>[1]> => {
    const { beside, fits } = tables[path] ?? {};
    const answer = (counts: string, positions: string | undefined) =>
      Promise.resolve({
        table: { path: counts },
        positionsTable: positions === undefined ? null : { path: positions },
      });
    if (path.includes('counts')) {
      const wanted = options['positions'] ?? beside;
      if (wanted !== undefined && tables[wanted]?.fits !== path && wanted !== beside)
        return Promise.reject(new Error('no cell in common'));
      return answer(path, wanted);
    }
    return beside === undefined || fits === 'none' ? Promise.reject(new Error('no counts')) : answer(beside, path);
  };
}

describe('groupTables', () => {
  it('takes counts and the positions beside them as one, in either order', async () => {
    const inspect = folder({ '/a/counts.csv': { beside: '/a/p.csv' }, '/a/p.csv': { beside: '/a/counts.csv' } });
    for (const paths of [
      ['/a/counts.csv', '/a/p.csv'],
      ['/a/p.csv', '/a/counts.csv'],
    ])
      expect(await groupTables(paths, inspect)).toEqual({ groups: [{ path: '/a/counts.csv', options: {} }], rest: [] });
  });

  it('brings together tables from different folders where they fit', async () => {
    const inspect = folder({ '/a/counts.csv': {}, '/b/p.csv': { fits: '/a/counts.csv' } });
    expect(await groupTables(['/b/p.csv', '/a/counts.csv'], inspect)).toEqual({
      groups: [{ path: '/a/counts.csv', options: { positions: '/b/p.csv' } }],
      rest: [],
    });
  });

  it('leaves tables that belong to none', async () => {
    const inspect = folder({ '/a/counts.csv': {}, '/b/labels.csv': {} });
    expect(await groupTables(['/a/counts.csv', '/b/labels.csv'], inspect)).toEqual({
      groups: [{ path: '/a/counts.csv', options: {} }],
      rest: ['/b/labels.csv'],
    });
    expect(await groupTables(['/b/labels.csv'], inspect)).toEqual({ groups: [], rest: ['/b/labels.csv'] });
  });
});
