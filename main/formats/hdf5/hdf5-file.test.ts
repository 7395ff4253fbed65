import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { File, ready } from 'h5wasm/node';
import type { Dataset } from 'h5wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeHdf5 } from '../testing/write-hdf5.ts';
import { majorOf } from './compressed-sparse.ts';
import { Hdf5File } from './hdf5-file.ts';
import { hdf5Runtime } from './hdf5-runtime.ts';
import { NumberWindow } from './number-window.ts';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-hdf5-'));
  path = join(folder, 'made.h5');
  await writeHdf5(path, {
    attrs: { title: 'Größe', version: 3, names: ['a', 'b'], shape: [2, 3] },
    children: {
      group: {
        children: { long: { data: Array.from({ length: 1000 }, (_, i) => i), dtype: '<i8', chunks: [64], gzip: true } },
      },
      table: { data: [1, 2, 3, 4, 5, 6], dtype: '<f4', shape: [2, 3] },
      bytes: { data: [-1, 0, 127], dtype: '<i1' },
      fixed: { data: ['Alb', 'µ', ''], dtype: 'S8' },
      variable: { data: ['a longer name', '', 'größer'], dtype: 'S' },
      negative: { data: [-1n, 2n ** 40n, -(2n ** 40n)], dtype: '<i8' },
    },
  });
});
afterAll(async () => await rm(folder, { recursive: true }));

describe('Hdf5File', () => {
  it('reads numbers of every size, text of both kinds, attributes and slices', async () => {
    const file = await Hdf5File.open(path);
    expect(file.readNumbers('group/long', '', [[990, 2000]])).toEqual(
      Float64Array.of(990, 991, 992, 993, 994, 995, 996, 997, 998, 999),
    );
    expect(file.readNumbers('table')).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(
      file.readNumbers('table', '', [
        [1, 2],
        [0, 2],
      ]),
    ).toEqual(Float64Array.of(4, 5));
    expect(file.readNumbers('bytes')).toEqual(Float64Array.of(-1, 0, 127));
    expect(file.readNumbers('negative')).toEqual(Float64Array.of(-1, 2 ** 40, -(2 ** 40)));
    expect(file.readStrings('fixed')).toEqual(['Alb', 'µ', '']);
    expect(file.readStrings('variable')).toEqual(['a longer name', '', 'größer']);
    expect(['title', 'version', 'names', 'shape', 'none'].map((name) => file.attribute('/', name))).toEqual([
      'Größe',
      3,
      ['a', 'b'],
      [2, 3],
      null,
    ]);
    expect(file.info('group/long')).toEqual({ kind: 'integer', shape: [1000], chunks: [64] });
    expect(['group', 'table', 'none', 'none/deeper', 'table/deeper'].map((place) => file.kind(place))).toEqual([
      'group',
      'dataset',
      'missing',
      'missing',
      'missing',
    ]);
    file.close();
  });

  it('says what was expected where something is missing or of another kind', async () => {
    const file = await Hdf5File.open(path);
    expect(() => file.readNumbers('matrix/data', 'the counts')).toThrow(
      /lacks matrix\/data: the counts should be there/,
    );
    expect(() => file.readNumbers('fixed', 'the counts')).toThrow(/string values at fixed, where the counts/);
    expect(() => file.readStrings('table', 'the barcodes')).toThrow(/float values at table/);
    expect(() => file.readCompound('table', 'the cells')).toThrow(/a table/);
    file.close();
    expect(() => file.readNumbers('table')).toThrow(/closed/);
  });

  it('reads beyond 2^32 elements', async () => {
    const huge = join(folder, 'huge.h5');
    await ready;
    const made = new File(huge, 'w');
    // Blocks that were never written take no space.
    made.create_dataset({
      name: 'data',
      data: Int8Array.of(1),
      dtype: '<b',
      shape: [1],
      maxshape: [null],
      chunks: [65_536],
    });
    const dataset = made.get('data') as Dataset;
    dataset.resize([4_600_000_000]);
    dataset.write_slice([[4_500_000_000, 4_500_000_004]], Int8Array.of(5, 6, 7, 8));
    made.close();
    const file = await Hdf5File.open(huge);
    expect(file.info('data').shape).toEqual([4_600_000_000]);
    expect(file.readNumbers('data', '', [[4_499_999_999, 4_500_000_005]])).toEqual(Float64Array.of(0, 5, 6, 7, 8, 0));
    const window = new NumberWindow(file, 'data', '');
    const { values, base } = window.read(4_500_000_001, 4_500_000_003);
    expect(values.slice(4_500_000_001 - base, 4_500_000_003 - base)).toEqual(Float64Array.of(6, 7));
    file.close();
    expect(majorOf(Float64Array.of(0, 2 ** 32, 2 ** 32, 2 ** 33), 2 ** 32 + 5)).toBe(2);
    expect(majorOf(Float64Array.of(0, 2 ** 32, 2 ** 32, 2 ** 33), 2 ** 32 - 1)).toBe(0);
  });

  it.skipIf(!existsSync('/proc/self/fd'))(
    'leaves no broken file open, so that a whole one can take its place',
    async () => {
      const bytes = await readFile(path);
      const broken = join(folder, 'broken.h5');
      const openFiles = () =>
        readdirSync('/proc/self/fd').flatMap((fd) => {
          try {
            return readlinkSync(`/proc/self/fd/${fd}`);
          } catch {
            return []; // closed in the meantime
          }
        });
      for (let at = 100; at < bytes.length; at += 211) {
        const damaged = Buffer.from(bytes);
        damaged.fill(0xff, at, Math.min(at + 100, bytes.length));
        await writeFile(broken, damaged);
        try {
          const file = await Hdf5File.open(broken);
          try {
            file.readNumbers('group/long');
            file.readStrings('variable');
          } finally {
            file.close();
          }
        } catch (error) {
          expect(error).toMatchObject({ name: 'LacunaError' });
        }
      }
      expect(openFiles().filter((name) => name.endsWith('broken.h5'))).toEqual([]);
    },
  );
});

describe('compression plugins', () => {
  it('read LZF, as AnnData files may have it, and outlive a damaged block', async () => {
    const lzf = join(folder, 'lzf.h5');
    await hdf5Runtime(); // knows where the plugins are
    const made = new File(lzf, 'w');
    const values = Int32Array.from({ length: 4096 }, (_, i) => i % 100);
    made.create_dataset({
      name: 'data',
      data: values,
      shape: [4096],
      dtype: '<i',
      chunks: [4096],
      compression: 32_000,
      compression_opts: [],
    });
    made.close();
    const whole = await readFile(lzf);
    expect(whole.length).toBeLessThan(4096 * 4);
    const read = async () => {
      const file = await Hdf5File.open(lzf);
      try {
        return file.readNumbers('data');
      } finally {
        file.close();
      }
    };
    expect(await read()).toEqual(new Float64Array(values));
    let complaints = 0;
    for (let at = 800; at < whole.length; at += 40) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xe7, at, Math.min(at + 40, whole.length));
      await writeFile(lzf, damaged);
      await read().catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'LacunaError' });
        complaints++;
      });
    }
    expect(complaints).toBeGreaterThan(0);
    await writeFile(lzf, whole);
    expect(await read()).toEqual(new Float64Array(values));
  });
});

describe('NumberWindow', () => {
  it('gives the same numbers whatever stretches are asked for', async () => {
    const file = await Hdf5File.open(path);
    const window = new NumberWindow(file, 'group/long', '');
    for (const [start, stop] of [
      [0, 10],
      [5, 100],
      [90, 1000],
      [1000, 1000],
      [3, 4],
    ]) {
      const { values, base } = window.read(start, stop);
      expect([...values.subarray(start - base, stop - base)]).toEqual(
        Array.from({ length: stop - start }, (_, i) => start + i),
      );
    }
    file.close();
  });
});
