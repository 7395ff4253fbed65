import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCounts } from '../../../codec/load-counts.ts';
import type { CsrMatrix } from '../../../dataset/csr-matrix.ts';
import { openPath } from '../../../formats/registry.ts';

const program = fileURLToPath(new URL('../../main.ts', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-codec-cli-'));
  lacuna('simulate', '--out', 'made.h5', '--cells', '60', '--genes', '50', '--seed', '3');
});
afterAll(() => rmSync(folder, { recursive: true }));

function lacuna(...given: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...given], {
    encoding: 'utf8',
    cwd: folder,
  });
}

async function countsOf(file: string): Promise<CsrMatrix> {
  const source = await openPath(join(folder, file));
  try {
    return await loadCounts(source);
  } finally {
    source.close();
  }
}

describe('lacuna codec', () => {
  it('encodes, decodes and looks up without loss', async () => {
    const encoded = lacuna('codec', 'encode', 'made.h5', 'made.lcz', '--with', 'genes', '--json');
    expect(encoded).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(encoded.stdout)).toMatchObject({ lossless: true, exactShare: 1, settings: { factors: 0 } });

    expect(lacuna('codec', 'decode', 'made.lcz', 'back.h5', '--quiet')).toMatchObject({ status: 0 });
    const given = await countsOf('made.h5');
    expect(await countsOf('back.h5')).toEqual(given);

    const k = given.indptr[7];
    const found = lacuna('codec', 'lookup', 'made.lcz', '#7', `#${given.indices[k]}`);
    expect(Number(found.stdout)).toBe(given.values[k]);
  });

  it('compares with general compressors and says what is smallest', () => {
    const { status, stdout } = lacuna('codec', 'report', 'made.h5', '--with', 'genes', '--quiet');
    expect(status).toBe(0);
    for (const row of ['source file', 'gzip -9', 'zstd -19', 'always 1', 'Genes and library sizes'])
      expect(stdout).toContain(row);
    expect(stdout).toMatch(/beats zstd by|Nothing beats zstd/);
  });

  it.each([
    { given: ['encode', 'made.h5', 'x.lcz', '--with', 'zip'], says: "called 'zip'", code: 1 },
    { given: ['encode', 'made.h5', 'x.lcz', '--set', 'omega=3'], says: "no setting 'omega'", code: 2 },
    { given: ['encode', 'made.h5', 'x.lcz', '--with', 'genes', '--sample', '900x900'], says: 'does not fit', code: 2 },
    { given: ['encode', 'missing.h5', 'x.lcz'], says: 'There is no such file', code: 1 },
    { given: ['lookup', 'made.h5', '#0', '#0'], says: "not a file of Lacuna's codec", code: 1 },
    { given: ['lookup', 'made.lcz', 'nobody', '#0'], says: "no cell called 'nobody'", code: 1 },
    { given: ['encode', 'made.h5'], says: "missing required argument 'out.lcz'", code: 2 },
  ])('answers $given in plain words', ({ given, says, code }) => {
    const { status, stderr } = lacuna('codec', ...given);
    expect(stderr).toContain(says);
    expect(status).toBe(code);
  });

  it('refuses a damaged file and leaves what is there', () => {
    const bytes = Uint8Array.from(readFileSync(join(folder, 'made.lcz')));
    bytes[bytes.length >> 1] ^= 4;
    writeFileSync(join(folder, 'damaged.lcz'), bytes);
    const { status, stderr } = lacuna('codec', 'decode', 'damaged.lcz', 'damaged.h5');
    expect(status).toBe(1);
    expect(stderr).toContain('damaged.lcz is damaged: the checksum');
    expect(lacuna('codec', 'encode', 'made.h5', 'made.lcz', '--with', 'genes').stderr).toContain('exists already');
  });
});
