import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRendererFolder } from './renderer-folder.ts';
import { windowResponse } from './window-response.ts';

let folder: string;
let built: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-window-'));
  built = join(folder, 'dist', 'renderer');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), '<!doctype html><html lang="en"><title>Lacuna</title></html>');
  writeFileSync(join(built, 'assets', 'index-B3k_9x.js'), 'export {};');
  writeFileSync(join(built, 'notes.exe'), 'no');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A request whose address keeps its dots: `Request` itself would tidy them up. */
function asked(path: string, method = 'GET'): Request {
  return { url: `http://127.0.0.1${path}`, method } as Request;
}

describe('windowResponse', () => {
  it('serves the page under a policy that allows nothing inline and no other origin', async () => {
    const page = await windowResponse(built, new Request('http://127.0.0.1/'));
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = page.headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"]),
    );
    expect(policy.filter((rule) => /unsafe|http|\*/.test(rule))).toEqual(["style-src-attr 'unsafe-inline'"]);
    expect(await page.text()).toContain('Lacuna');
  });

  it('writes the chosen theme into the page, and leaves the system its say', async () => {
    const page = async (theme: 'system' | 'light' | 'dark') =>
      (await windowResponse(built, new Request('http://127.0.0.1/'), () => theme)).text();
    expect(await page('dark')).toContain('<html data-theme="dark" lang="en">');
    expect(await page('light')).toContain('<html data-theme="light" lang="en">');
    expect(await page('system')).toContain('<html lang="en">');
  });

  it('lets hashed assets be kept for ever, with the type that they are', async () => {
    const script = await windowResponse(built, new Request('http://127.0.0.1/assets/index-B3k_9x.js'));
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    const head = await windowResponse(built, asked('/assets/index-B3k_9x.js', 'HEAD'));
    expect(await head.text()).toBe('');
  });

  it.each([
    '/../../secret.txt',
    '/..%2f..%2fsecret.txt',
    '/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%00index.html',
    '/%E0%A4%A',
    '/assets',
    '/notes.exe',
    '/.env.txt',
    '//secret.txt',
    '/missing.js',
  ])('has nothing at %s', async (path) => {
    await expect(windowResponse(built, asked(path))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('only reads', async () => {
    await expect(windowResponse(built, asked('/', 'POST'))).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('findRendererFolder', () => {
  it('takes the folder of the variable, and does not look elsewhere when it is wrong', () => {
    expect(findRendererFolder({ LACUNA_RENDERER_DIR: built }, folder)).toBe(built);
    expect(findRendererFolder({ LACUNA_RENDERER_DIR: join(folder, 'no') }, join(folder, 'dist'))).toBeNull();
  });

  it('finds the built window beside the bundle and from the sources upward', () => {
    expect(findRendererFolder({}, join(folder, 'dist'))).toBe(built);
    expect(findRendererFolder({}, join(folder, 'main', 'http', 'window'))).toBe(built);
  });
});
