import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowserHost, type BrowserHost } from './browser-host.ts';

let host: BrowserHost;
let port: number;
const served: string[] = [];

beforeAll(async () => {
  host = await startBrowserHost(async (incoming) => {
    served.push(new URL(incoming.url).pathname);
    return new Response('hello');
  });
  port = Number(new URL(host.origin).port);
});
afterAll(() => host.close());

/** A request with any headers, as a hostile client could send it (`fetch` would not). */
function send(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const own = () => ({ host: `127.0.0.1:${port}`, authorization: `Bearer ${host.token}` });

describe('browser host', () => {
  it('serves a request with the secret', async () => {
    expect(await send('/anything', own())).toMatchObject({ status: 200, body: 'hello' });
  });

  it('moves the secret of the address into a cookie that scripts cannot read', async () => {
    const landing = await send(`/?token=${host.token}`, { host: `127.0.0.1:${port}` });
    expect(landing.status).toBe(303);
    expect(landing.headers.location).toBe('/');
    const cookie = String(landing.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const withCookie = await send('/again', { host: `127.0.0.1:${port}`, cookie: cookie.split(';')[0] });
    expect(withCookie.status).toBe(200);
  });

  it.each([
    ['no secret', () => ({ host: `127.0.0.1:${port}` })],
    ['a wrong secret', () => ({ ...own(), authorization: 'Bearer nonsense' })],
    ['a foreign Host (DNS rebinding)', () => ({ ...own(), host: 'evil.example' })],
    ['a Host with another port', () => ({ ...own(), host: '127.0.0.1:1' })],
    ['a foreign Origin', () => ({ ...own(), origin: 'https://evil.example' })],
    ['an opaque Origin', () => ({ ...own(), origin: 'null' })],
    ['a cross-site fetch', () => ({ ...own(), 'sec-fetch-site': 'cross-site' })],
    ['the secret in the address of anything but the landing page', () => ({ host: `127.0.0.1:${port}` })],
  ])('refuses %s in plain words, before the application sees it', async (name, headers) => {
    const before = served.length;
    const path = name.includes('address') ? `/rpc/app/info?token=${host.token}` : '/rpc/app/info';
    const answer = await send(path, headers());
    expect(answer.status).toBe(403);
    const { error } = JSON.parse(answer.body) as { error: { code: string; what: string; remedy: string } };
    expect(error.code).toBe('forbidden');
    expect(error.remedy).toContain('address');
    expect(served.length).toBe(before);
  });

  it('accepts its own Origin', async () => {
    expect((await send('/x', { ...own(), origin: host.origin })).status).toBe(200);
  });

  it('answers the next request of a client whose big upload it has refused', async () => {
    const refused = await fetch(`${host.origin}/x`, { method: 'PUT', body: new Uint8Array(2 ** 22) });
    expect(refused.status).toBe(403);
    for (let i = 0; i < 3; i += 1) {
      const next = await fetch(`${host.origin}/x`, { headers: { authorization: `Bearer ${host.token}` } });
      expect(await next.text()).toBe('hello');
    }
  });

  it('says so when the port is taken', async () => {
    await expect(startBrowserHost(async () => new Response(''), { port })).rejects.toThrow(/taken/);
  });
});
