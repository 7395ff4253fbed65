import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';

/** The terminal program as a person or a script runs it: a process of its own. */
const program = fileURLToPath(new URL('main.ts', import.meta.url));
let folder: string;
let project: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-cli-'));
  project = join(folder, 'p.lacuna');
});
afterAll(() => rmSync(folder, { recursive: true }));

function lacuna(...given: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...given], {
    encoding: 'utf8',
    cwd: folder,
  });
}

/** Runs with --json; standard output must be one document and nothing else. */
function lacunaJson<Answer = Record<string, unknown>>(...given: string[]): Answer {
  const result = lacuna(...given, '--json');
  expect(result.stderr).toBe('');
  expect(result.status).toBe(0);
  return JSON.parse(result.stdout) as Answer;
}

describe('the terminal program', () => {
  it('lists its methods as text and as JSON', () => {
    expect(lacuna('methods').stdout).toMatch(/^pca +/m);
    const methods = lacunaJson<{ id: string; presets: unknown[]; fields: { help: string }[] }[]>('methods');
    expect(methods.map((method) => method.id)).toEqual(
      expect.arrayContaining(['pca', 'ae', 'vae', 'train-mean', 'knn-10']),
    );
    for (const method of methods) {
      expect(method.presets.length).toBeGreaterThan(0);
      for (const field of method.fields) expect(field.help).not.toBe('');
    }
  });

  it('explains every command', () => {
    const { commands } = createProgram(() => Promise.resolve());
    expect(commands.map((command) => command.name())).toEqual(
      expect.arrayContaining(['methods', 'simulate', 'import', 'info', 'run', 'score', 'export', 'open']),
    );
    for (const command of commands) {
      expect(command.description()).not.toBe('');
      expect(command.helpInformation()).toContain('--json');
    }
    expect(lacuna('run', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: lacuna run') });
  });

  it.each([
    ['an unknown command', ['frobnicate'], 2, /unknown command/],
    ['a missing option', ['run', '--project', 'x.lacuna'], 2, /--method/],
    ['a value that is no number', ['simulate', '--out', 'x.h5', '--cells', 'many'], 2, /takes a number, not 'many'/],
    ['a setting out of range', ['simulate', '--out', 'x.h5', '--cells', '1'], 2, /cells/],
    ['a file that is not there', ['inspect', 'no-such-file.h5'], 1, /no such file.*no-such-file\.h5/],
    ['a project that is not there', ['info', '--project', 'no-such.lacuna'], 1, /no-such\.lacuna/],
  ])('answers %s in plain words and with its status', (_name, given, status, words) => {
    const result = lacuna(...given);
    expect(result.stderr).toMatch(words);
    expect(result.status).toBe(status);
    expect(result.stdout).toBe('');
  });

  it('leaves no empty project behind a failed import', () => {
    writeFileSync(join(folder, 'notes.txt'), 'This is no data.');
    const result = lacuna('import', 'notes.txt', '--project', project);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/notes\.txt/);
    expect(existsSync(project)).toBe(false);
  });

  it('walks from simulated counts to exported results', { timeout: 120_000 }, () => {
    lacunaJson(
      'simulate',
      '--out',
      'tissue.h5ad',
      '--cells',
      '150',
      '--genes',
      '60',
      '--types',
      '3',
      '--spatial',
      '--seed',
      '4',
    );
    const found = lacunaJson('inspect', 'tissue.h5ad');
    expect(found).toMatchObject({ format: 'h5ad', nObs: 150, nVar: 60, valueKind: 'counts' });
    lacunaJson('import', 'tissue.h5ad', '--project', project, '--name', 'Tissue');

    const prepared = lacunaJson<{ kept: { var: { kept: number } } }>(
      'prepare',
      '--project',
      project,
      '--min-cells',
      '5',
    );
    expect(prepared.kept.var.kept).toBeLessThanOrEqual(60);
    lacunaJson('prepare', '--project', project, '--undo');
    expect(lacuna('prepare', '--project', project, '--undo').status).toBe(2);

    const run = lacunaJson<{ run: number; state: string }>(
      'run',
      '--project',
      project,
      '--method',
      'pca',
      '--set',
      'nComponents=4',
    );
    expect(run).toMatchObject({ run: 1, state: 'done' });
    const wrong = lacuna('run', '--project', project, '--method', 'pca', '--set', 'nComponents=0');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/nComponents|components/i);

    const scores = lacunaJson<{ labels: string; rows: { metric: string; value: number }[] }>(
      'score',
      '--project',
      project,
      '--spaces',
      'latent',
    );
    expect(scores.labels).toBe('region');
    expect(scores.rows.find((row) => row.metric === 'ari')?.value).toBeGreaterThan(0);

    for (const [what, file] of [
      ['denoised', 'denoised.h5ad'],
      ['latent', 'latent.csv'],
      ['figure', 'figure.svg'],
      ['report', 'report.json'],
    ]) {
      const written = lacunaJson<{ files: string[] }>(
        'export',
        '--project',
        project,
        '--what',
        what,
        '--out',
        file,
        '--embedding',
        'pca-2d',
      );
      expect(written.files.every((path) => existsSync(path))).toBe(true);
    }
    expect(readFileSync(join(folder, 'latent.csv'), 'utf8').trim().split('\n').length).toBe(151);
    const again = lacuna('export', '--project', project, '--what', 'latent', '--out', 'latent.csv');
    expect(again.status).not.toBe(0);
    expect(again.stderr).toMatch(/exists|there already/);

    const info = lacunaJson<{ datasets: { name: string }[]; runs: unknown[] }>('info', '--project', project);
    expect(info.datasets[0].name).toBe('Tissue');
    expect(info.runs.length).toBe(1);
    expect(existsSync(`${project}-wal`)).toBe(false);
  });
});
