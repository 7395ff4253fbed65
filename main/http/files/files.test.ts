import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileRoutes } from '../../contract/bulk-routes.ts';
import { uploadedSchema } from '../../contract/entities/file.ts';
import { startService, type RunningService } from '../testing/running-service.ts';

let service: RunningService;
let folder: string;

beforeAll(async () => {
  service = await startService();
  folder = join(service.folder, 'data');
  mkdirSync(join(folder, 'filtered_feature_bc_matrix'), { recursive: true });
  mkdirSync(join(folder, '.hidden'));
  for (const name of ['b10.h5', 'b2.h5', 'Liver.lacuna', 'Liver.lacuna-wal', 'labels.csv', 'photo.heic']) {
    writeFileSync(join(folder, name), name);
  }
  symlinkSync(join(folder, 'gone'), join(folder, 'broken-link'));
});
afterAll(() => service.close());

describe('files', () => {
  it('lists a folder: folders first, numbers in their order, what is hidden left out', async () => {
    const listing = await service.client.files.list({ path: folder });
    expect(listing.entries.map((entry) => entry.name)).toEqual([
      'filtered_feature_bc_matrix',
      'b2.h5',
      'b10.h5',
      'labels.csv',
      'Liver.lacuna',
      'photo.heic',
    ]);
    expect(listing.omitted).toBe(3);
    expect(listing.entries.map((entry) => entry.hint?.kind ?? null)).toEqual([
      'data',
      'data',
      'data',
      'labels',
      'project',
      null,
    ]);
    expect(listing.entries[1]).toMatchObject({ kind: 'file', bytes: 5, path: join(folder, 'b2.h5') });
    expect(listing.entries[0]).toMatchObject({ kind: 'folder', bytes: null });
    expect(listing.parent).toBe(service.folder);
    expect(listing.crumbs.at(-1)).toEqual({ name: 'data', path: folder });
    expect(listing.writable).toBe(true);
  });

  it('says in plain words why a folder cannot be listed', async () => {
    await expect(service.client.files.list({ path: join(folder, 'no') })).rejects.toMatchObject({
      status: 404,
      data: { what: expect.stringContaining('There is no folder') },
    });
    await expect(service.client.files.list({ path: join(folder, 'b2.h5') })).rejects.toMatchObject({
      status: 400,
      data: { what: expect.stringContaining('is a file, not a folder') },
    });
  });

  it.skipIf(process.getuid?.() === 0)('says so when a folder may not be looked into', async () => {
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0);
    await expect(service.client.files.list({ path: locked })).rejects.toMatchObject({ data: { code: 'no-access' } });
  });

  it('begins at home while the folder for projects does not exist, and knows places', async () => {
    expect((await service.client.files.list({})).path).not.toBe(join(service.folder, 'projects'));
    const places = await service.client.files.places();
    expect(places[0].kind).toBe('home');
    expect(new Set(places.map((place) => place.path)).size).toBe(places.length);
    expect(places.every((place) => existsSync(place.path))).toBe(true);
  });

  it('finds free names and makes folders', async () => {
    expect(await service.client.files.freePath({ folder, name: 'New.lacuna' })).toEqual({
      path: join(folder, 'New.lacuna'),
    });
    expect(await service.client.files.freePath({ folder, name: 'Liver.lacuna' })).toEqual({
      path: join(folder, 'Liver 2.lacuna'),
    });
    const { path } = await service.client.files.makeFolder({ parent: folder, name: 'Pilot' });
    expect(statSync(path).isDirectory()).toBe(true);
    await expect(service.client.files.makeFolder({ parent: folder, name: 'Pilot' })).rejects.toMatchObject({
      status: 400,
    });
    for (const name of ['..', 'a/b', 'a\\b', 'what?', 'con', 'COM1.txt', 'end.']) {
      await expect(service.client.files.makeFolder({ parent: folder, name })).rejects.toMatchObject({ status: 400 });
    }
  });
});

describe('uploads', () => {
  const drop = 'drop-1';
  const put = (path: string, body: BodyInit, init: RequestInit = {}) =>
    service.fetch(path, { method: 'PUT', body, ...init });

  it('stores a dropped folder file by file, for this person alone', async () => {
    const first = await put(fileRoutes.upload(drop, 'outs/deep er/matrix.mtx.gz'), 'matrix');
    expect(first.status).toBe(200);
    const { path, root, folder: whole, bytes } = uploadedSchema.parse(await first.json());
    expect(readFileSync(path, 'utf8')).toBe('matrix');
    expect(path).toBe(join(root, 'deep er', 'matrix.mtx.gz'));
    expect(root).toBe(join(whole, 'outs'));
    expect(bytes).toBe(6);
    expect(statSync(whole).mode & 0o077).toBe(0);
    expect(statSync(path).mode & 0o077).toBe(0);

    const second = uploadedSchema.parse(await (await put(fileRoutes.upload(drop, 'labels.csv'), 'x')).json());
    expect(second.root).toBe(second.path);
    expect((await service.fetch(fileRoutes.uploads(drop), { method: 'DELETE' })).status).toBe(204);
    expect(existsSync(path)).toBe(false);
  });

  it('streams a file of many chunks whole', async () => {
    const chunk = new Uint8Array(1 << 20).fill(7);
    let left = 40;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const answer = await put(fileRoutes.upload('big', 'big.h5'), body, { duplex: 'half' } as RequestInit);
    expect((await answer.json()) as object).toMatchObject({ bytes: 40 << 20 });
  });

  it.each([
    '/upload/drop-1/..%2f..%2fevil',
    '/upload/drop-1/a/%2e%2e%2f%2e%2e%2fevil',
    '/upload/..%2f..%2fhome/evil',
    '/upload/drop-1/a%5cb',
    '/upload/drop-1/a%00b',
    '/upload/drop-1/',
    '/upload/drop-1/%E0%A4%A',
  ])('refuses to write at %s', async (path) => {
    expect((await put(path, 'evil')).status).toBe(400);
    expect(existsSync(join(service.folder, 'evil'))).toBe(false);
  });

  it('says at once when the disk has no room for it', async () => {
    // More than any disk: the length is announced before the bytes, and the answer comes before they do.
    const { storeUpload } = await import('../../core/launch/store-upload.ts');
    const { LaunchFolder } = await import('../../core/launch/launch-folder.ts');
    const launch = new LaunchFolder(service.folder);
    await expect(storeUpload(launch, 'd', 'huge.h5', null, 2 ** 60)).rejects.toMatchObject({ code: 'disk-full' });
    await expect(storeUpload(launch, 'd', 'cut.h5', null, 10)).rejects.toMatchObject({ code: 'truncated-file' });
    const left = launch.folder();
    launch.remove();
    expect(existsSync(left)).toBe(false);
  });
});

describe('figures that the window drew', () => {
  const send = async (name: string, content: string, drop = randomUUID()): Promise<string> => {
    const response = await service.fetch(fileRoutes.upload(drop, name), { method: 'PUT', body: content });
    expect(response.status).toBe(200);
    return drop;
  };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>UMAP 1</text></svg>';

  it('are put where the person wants them, and replace nothing unasked', async () => {
    const { saveFigure } = service.client.files;
    const out = join(folder, 'figure 2b.svg');
    const name = 'figure.svg' as const;
    expect(await saveFigure({ drop: await send(name, svg), name, out })).toEqual({ path: out, bytes: svg.length });
    expect(readFileSync(out, 'utf8')).toBe(svg);
    const again = `${svg}\n`;
    const drop = await send(name, again);
    await expect(saveFigure({ drop, name, out })).rejects.toMatchObject({
      data: { what: expect.stringContaining('exists already') },
    });
    expect(readFileSync(out, 'utf8')).toBe(svg);
    await saveFigure({ drop: await send(name, again), name, out, overwrite: true });
    expect(readFileSync(out, 'utf8')).toBe(again);
  });

  it('are figures, in folders that there are', async () => {
    const { saveFigure } = service.client.files;
    const name = 'figure.svg' as const;
    const refused = async (content: string, out: string, what: RegExp) => {
      const saving = saveFigure({ drop: await send(name, content), name, out: join(folder, out) });
      await expect(saving).rejects.toMatchObject({ data: { what: expect.stringMatching(what) } });
      expect(existsSync(join(folder, out))).toBe(false);
    };
    await refused('#!/bin/sh', 'run.svg', /would not be a figure/);
    await refused(svg, 'profile.sh', /would not be a figure/);
    await refused(svg, 'picture.png', /would not be a figure/);
    await refused(svg, join('nowhere', 'figure.svg'), /There is no folder/);
    await expect(saveFigure({ drop: '../..', name, out: join(folder, 'f.svg') })).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe('settings', () => {
  it('keeps what is put and says what it means here', async () => {
    const before = await service.client.settings.get();
    expect(before.settings).toMatchObject({ threads: null, device: 'auto' });
    expect(before.availableThreads).toBeGreaterThan(0);
    expect(before.folderExists).toBe(false);
    const after = await service.client.settings.put({ threads: 1, device: 'cpu', folder, theme: 'dark' });
    expect(after).toMatchObject({
      folderExists: true,
      settings: { threads: 1, device: 'cpu', folder, theme: 'dark' },
      folder,
      device: { kind: 'cpu' },
    });
    expect((await service.client.settings.put({ threads: null })).settings).toEqual({
      threads: null,
      device: 'cpu',
      folder,
      theme: 'dark',
    });
    await expect(service.client.settings.put({ folder: join(folder, 'no') })).rejects.toMatchObject({ status: 404 });
    const refused = service.client.settings.put({ threads: 0 });
    await expect(refused).rejects.toMatchObject({ status: 400 });
  });

  it('takes a file that is half understood for what it is', async () => {
    writeFileSync(
      join(service.folder, 'home', 'settings.json'),
      JSON.stringify({ threads: 'many', device: 'gpu', fromTheFuture: 1 }),
    );
    expect((await service.client.settings.get()).settings).toEqual({
      threads: null,
      device: 'gpu',
      folder: null,
      theme: 'system',
    });
    await service.client.settings.put({ device: 'auto', folder: join(service.folder, 'data') });
    expect(JSON.parse(readFileSync(join(service.folder, 'home', 'settings.json'), 'utf8'))).toMatchObject({
      fromTheFuture: 1,
    });
  });
});
