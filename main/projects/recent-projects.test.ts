import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProject } from './create-project.ts';
import { RecentProjects } from './recent-projects.ts';
import { configFolder } from './recent/config-folder.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

it('lists projects newest first, each once, and marks those that are gone', () => {
  const folder = temporaryFolder();
  const home = join(folder, 'home', 'lacuna');
  const recent = new RecentProjects(home);
  expect(recent.list()).toEqual([]);
  for (const name of ['a', 'b', 'c']) {
    createProject(join(folder, `${name}.lacuna`)).close();
    recent.add(join(folder, `${name}.lacuna`), name.toUpperCase());
  }
  recent.add(join(folder, 'a.lacuna'), 'A again');
  rmSync(join(folder, 'b.lacuna'));
  recent.rename(join(folder, 'c.lacuna'), 'Sea');
  recent.rename(join(folder, 'x.lacuna'), 'nobody');
  expect(new RecentProjects(home).list().map(({ title, exists }) => [title, exists])).toEqual([
    ['A again', true],
    ['Sea', true],
    ['B', false],
  ]);
  recent.remove(join(folder, 'c.lacuna'));
  expect(recent.list().map(({ title }) => title)).toEqual(['A again', 'B']);
  expect(readdirSync(home)).toEqual(['recent-projects.json']);
});

it('starts anew from a list that cannot be read', () => {
  const home = temporaryFolder();
  writeFileSync(join(home, 'recent-projects.json'), '{"version": 1, "projects": [{"pa');
  const recent = new RecentProjects(home);
  expect(recent.list()).toEqual([]);
  recent.add('/data/a.lacuna', 'A');
  expect(recent.list()).toMatchObject([{ title: 'A', exists: false }]);
});

it('knows where each system keeps such things', () => {
  const home = join('/', 'home', 'ada');
  expect(configFolder({ LACUNA_HOME: '/x' }, 'linux', home)).toBe('/x');
  expect(configFolder({}, 'linux', home)).toBe(join(home, '.config', 'lacuna'));
  expect(configFolder({ XDG_CONFIG_HOME: '/xdg' }, 'linux', home)).toBe(join('/xdg', 'lacuna'));
  expect(configFolder({}, 'darwin', home)).toBe(join(home, 'Library', 'Application Support', 'Lacuna'));
  expect(configFolder({ APPDATA: '/roaming' }, 'win32', home)).toBe(join('/roaming', 'Lacuna'));
});
