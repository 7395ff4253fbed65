import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createRequestListener } from '@remix-run/node-fetch-server';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { windowResponse } from '../../../main/http/window/window-response.ts';

/** A server of measured pages. */
export interface PageServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  close(): void;
}

/** Builds the pages beside this folder as the window is built, and serves them under the window's own policy. */
export async function servePages(): Promise<PageServer> {
  const root = fileURLToPath(new URL('../pages/', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-bench-pages-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [svelte({ configFile: false })],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      rolldownOptions: { input: { points: join(root, 'points.html'), floor: join(root, 'floor.html') } },
    },
  });
  const server = createServer(createRequestListener((request) => windowResponse(folder, request)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
