import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { detectReader, inspectPath, openPath, readers } from './registry.ts';
import { writeHdf5 } from './testing/write-hdf5.ts';

let folder: string;
let h5ad: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-registry-'));
  h5ad = join(folder, 'small.h5ad');
  const frame = (names: string[]) => ({ attrs: { _index: '_index' }, children: { _index: { data: names } } });
  await writeHdf5(h5ad, {
    children: { X: { data: [1, 0, 0, 2], shape: [2, 2] }, obs: frame(['a', 'b']), var: frame(['x', 'y']) },
  });
});
afterAll(async () => await rm(folder, { recursive: true }));

const write = async (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe('registry', () => {
  it('goes by content, not by name', async () => {
    const renamed = join(folder, 'renamed.h5');
    await copyFile(h5ad, renamed);
    expect((await detectReader(renamed)).id).toBe('h5ad');
    expect(await inspectPath(renamed)).toMatchObject({ format: 'h5ad', nObs: 2, nVar: 2, nnz: 2 });
    const mtx = join(folder, 'set');
    await mkdir(mtx);
    await writeFile(
      join(mtx, 'matrix.mtx'),
      gzipSync('%%MatrixMarket matrix coordinate integer general\n1 1 1\n1 1 3\n'),
    );
    expect((await detectReader(join(mtx, 'matrix.mtx'))).id).toBe('10x-mtx');
    expect((await detectReader(mtx)).id).toBe('10x-mtx');
  });

  it.each([
    ['paper.pdf', '%PDF-1.7\n%âãÏÓ', /paper.pdf is a PDF document/],
    ['data.h5', 'PK\x03\x04....', /ZIP/],
    ['table.csv', 'barcode,cell_type\na,T\n', /table without counts: its columns are "barcode", "cell_type"/],
    ['letter.txt', 'Dear reader\nthis is a letter\n', /text file that begins with "Dear reader"/],
    ['noise.bin', Buffer.from([0, 1, 2, 3, 250]), /no kind that Lacuna knows/],
    ['all.tar.gz', gzipSync('something'), /gzip/],
  ])('says what %s looks like, and what Lacuna reads', async (name, content, message) => {
    await expect(inspectPath(await write(name, content))).rejects.toMatchObject({
      code: 'unknown-format',
      message: expect.stringMatching(message),
      remedy: expect.stringContaining('Lacuna reads'),
    });
  });

  it('tells empty, truncated, foreign and missing files apart', async () => {
    await expect(openPath(await write('empty.h5', ''))).rejects.toMatchObject({ code: 'truncated-file' });
    const whole = await readFile(h5ad);
    await expect(openPath(await write('cut.h5ad', whole.subarray(0, whole.length / 2)))).rejects.toMatchObject({
      code: 'truncated-file',
    });
    const other = join(folder, 'other.h5');
    await writeHdf5(other, { children: { results: { data: [1, 2] } } });
    await expect(openPath(other)).rejects.toMatchObject({
      code: 'unknown-format',
      message: expect.stringContaining('it holds results'),
    });
    await expect(openPath(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'not-found' });
    const bare = join(folder, 'bare');
    await mkdir(bare);
    await expect(openPath(bare)).rejects.toMatchObject({ code: 'unknown-format', message: 'bare is an empty folder.' });
  });

  it('keeps the HDF5 library from writing to the terminal', async () => {
    const error = vi.spyOn(process.stderr, 'write');
    const path = await write('not.h5', 'no HDF5 at all');
    await expect(openPath(path, { format: '10x-h5' })).rejects.toMatchObject({
      code: 'bad-file',
      message: 'not.h5 is not an HDF5 file.',
    });
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });

  it('takes a format by its id, and lists them when there is none', async () => {
    expect(await inspectPath(h5ad, { format: 'h5ad' })).toMatchObject({ nObs: 2 });
    await expect(inspectPath(h5ad, { format: 'loom' })).rejects.toMatchObject({
      code: 'bad-option',
      remedy: `The formats are: ${readers.map(({ id }) => id).join(', ')}.`,
    });
    await expect(inspectPath(h5ad, { format: '10x-h5' })).rejects.toMatchObject({ code: 'bad-file' });
  });

  it('passes progress on', async () => {
    const report = vi.fn();
    await inspectPath(h5ad, {}, { report });
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ stage: 'Looking at the values' }));
  });
});
