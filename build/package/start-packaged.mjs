/**
 * Starts the main process out of an extracted archive, under Node with a stand-in for Electron, asks it for the window and
 * for two procedures, and prints the answers as JSON:
 *
 *     node start-packaged.mjs FOLDER STAND_IN.ts FILE.h5
 *
 * Shows that every module it needs is in the archive; what Electron does with it this cannot show.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, standIn, h5] = process.argv.slice(2);
const fake = pathToFileURL(standIn).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: fake, shortCircuit: true } : next(specifier, context),
});
const { protocol } = await import(fake);
await import(pathToFileURL(join(folder, 'dist', 'electron', 'main.js')).href);
while (!protocol.handlers.has('app')) await new Promise((resolve) => setTimeout(resolve, 20));
const serve = protocol.handlers.get('app');

/** @param {string} procedure @param {unknown} input */
async function call(procedure, input) {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ json: input });
  const response = await serve(new Request(`app://lacuna/rpc/${procedure}`, { method: 'POST', headers, body }));
  return (await response.json()).json;
}

const html = await (await serve(new Request('app://lacuna/'))).text();
const script = /src="([^"]+\.js)"/.exec(html)?.[1] ?? '';
process.stdout.write(
  JSON.stringify({
    html,
    script: (await serve(new Request(new URL(script, 'app://lacuna/')))).status,
    info: await call('app/info', {}),
    found: await call('imports/inspect', { path: h5 }),
    project: await call('projects/create', { path: join(folder, 'made.lacuna') }),
  }),
);
process.exit(0);
