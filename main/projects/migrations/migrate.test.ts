import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProject } from '../create-project.ts';
import { connect } from '../file/connect.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { migrate } from './migrate.ts';
import { currentVersion, migrations } from './migrations.ts';

it('numbers the steps without gaps', () => {
  expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, i) => i + 1));
});

it('takes each step once, and a failing one not at all', () => {
  const path = join(temporaryFolder(), 'old.lacuna');
  createProject(path).close();
  const database = connect(path);
  const next = { version: currentVersion + 1, title: 'notes', sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT;' };
  migrate(database, [...migrations, next]);
  migrate(database, [...migrations, next]);
  expect(database.pragma('user_version')).toBe(currentVersion + 1);
  const broken = {
    version: currentVersion + 2,
    title: 'half',
    sql: 'CREATE TABLE half (a TEXT) STRICT; CREATE TABLE notes (a TEXT) STRICT;',
  };
  expect(() => migrate(database, [...migrations, next, broken])).toThrow('notes already exists');
  expect(database.pragma('user_version')).toBe(currentVersion + 1);
  expect(database.get("SELECT 1 FROM sqlite_schema WHERE name = 'half'")).toBeUndefined();
  database.close();
});

it('makes strict tables and foreign keys that hold', () => {
  const path = join(temporaryFolder(), 'a.lacuna');
  createProject(path).close();
  const database = connect(path);
  const loose = database.all<{ name: string }>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
  );
  expect(loose).toEqual([]);
  expect(database.pragma('foreign_keys')).toBe(1);
  expect(database.pragma('auto_vacuum')).toBe(2);
  expect(database.pragma('integrity_check')).toBe('ok');
  database.close();
});
