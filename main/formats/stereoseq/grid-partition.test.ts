import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeRandom } from '../../projects/testing/made-source.ts';
import { GridPartition } from './grid-partition.ts';
import { SpillFile } from './spill-file.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lacuna-partition-'))));
afterAll(async () => await rm(folder, { recursive: true }));

describe('GridPartition', () => {
  it('gives back every record by rows, through the disk as well', async () => {
    const partition = new GridPartition(4, folder);
    const random = madeRandom(3);
    const sums = new Map<string, number>();
    let sum = 0;
    // More than the blocks of all bands hold in memory.
    for (let i = 0; i < 200_000; i++) {
      const [row, column] = [Math.floor(random() * 30) - 9, Math.floor(random() * 500) - 100];
      const gene = Math.floor(random() * 262_144);
      const count = i % 1000 === 0 ? 100_000 : 1 + Math.floor(random() * 20);
      partition.add(row, column, gene, count);
      sums.set(`${row} ${column}`, (sums.get(`${row} ${column}`) ?? 0) + count * (1 + (gene % 7)));
      sum += count;
    }
    const found = new Map<string, number>();
    let total = 0;
    let lastRow = -Infinity;
    for (const group of partition.groups()) {
      expect(group.firstRow).toBeGreaterThanOrEqual(lastRow);
      lastRow = group.endRow;
      const width = group.endColumn - group.firstColumn;
      const { length, points, genes, counts } = partition.read(group);
      expect(length).toBe(group.records);
      for (let i = 0; i < length; i++) {
        const key = `${group.firstRow + Math.floor(points[i] / width)} ${group.firstColumn + (points[i] % width)}`;
        found.set(key, (found.get(key) ?? 0) + counts[i] * (1 + (genes[i] % 7)));
        total += counts[i];
      }
      const occupied = partition.occupied(group);
      expect(new Set(occupied)).toEqual(new Set(points.subarray(0, length)));
      expect(occupied).toEqual(occupied.toSorted());
    }
    expect(total).toBe(sum);
    expect(found).toEqual(sums);
    partition.close();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('SpillFile', () => {
  it('keeps blocks by number and is gone when closed', async () => {
    const file = new SpillFile(4, folder);
    expect(await readdir(folder)).toEqual([]);
    expect([file.write(Uint8Array.of(1, 2, 3, 4)), file.write(Uint8Array.of(5, 6, 7, 8))]).toEqual([0, 1]);
    const block = new Uint8Array(4);
    file.read(1, block);
    expect([...block]).toEqual([5, 6, 7, 8]);
    file.close();
    file.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('says in plain words when its folder is not there', () => {
    const file = new SpillFile(4, join(folder, 'nowhere'));
    expect(() => file.write(Uint8Array.of(1, 2, 3, 4))).toThrow(expect.objectContaining({ code: 'not-found' }));
    file.close();
  });
});
