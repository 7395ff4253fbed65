import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findElectron } from './find-electron.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lacuna-electron-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('Electron is its program on this machine, else a sentence that says what is missing', () => {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  writeFileSync(join(folder, name), '');
  chmodSync(join(folder, name), 0o755);
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(folder, 'nowhere'));
  const without = findElectron();
  if ('why' in without) expect(without.why).toMatch(/^[A-Z].*browser\.$/);
  else expect(without.program).toContain('electron');
  if (process.platform === 'darwin') return;
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
  expect(findElectron()).toEqual({ program: join(folder, name) });
});
