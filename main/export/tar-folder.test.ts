import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tarFolder } from './tar-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-tar-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bytesOf(path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of tarFolder(path)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The system's own tar says whether it is one. */
const hasTar = (() => {
  try {
    execFileSync('tar', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasTar)('a folder comes out of tar as it went in', async () => {
  const source = join(folder, 'dénoised matrix');
  mkdirSync(join(source, 'deep'), { recursive: true });
  const contents = { 'matrix.mtx': 'x'.repeat(1500), 'empty.tsv': '', 'deep/exact.bin': 'y'.repeat(1024) };
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(source, name), text);
  const tar = await bytesOf(source);
  expect(tar.length % 512).toBe(0);
  const out = join(folder, 'out');
  mkdirSync(out);
  execFileSync('tar', ['-xf', '-', '-C', out], { input: tar });
  for (const [name, text] of Object.entries(contents)) {
    expect(readFileSync(join(out, 'dénoised matrix', name), 'utf8')).toBe(text);
  }
});

test('a name that the form cannot hold is refused', async () => {
  const source = join(folder, 'long');
  mkdirSync(source);
  writeFileSync(join(source, 'n'.repeat(120)), '');
  await expect(bytesOf(source)).rejects.toMatchObject({ code: 'unsupported' });
});
