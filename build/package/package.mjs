/**
 * Packages Lacuna for the system that it runs on, into `release/`:
 *
 *     npm run package                 installers of this system
 *     npm run package -- --linux dir  an unpacked folder only
 *
 * Arguments go to electron-builder. It takes Electron's program from its cache or fetches it; with LACUNA_ELECTRON_DIST it
 * takes the one that lies unpacked in that folder. TensorFlow comes from this machine's set-up, so each system packages
 * for itself.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, TENSORFLOW_FOLDER } from '../setup/paths.mjs';
import { packageApp } from './package-app.mjs';

if (!existsSync(join(DIST, 'electron', 'main.js')) || !existsSync(join(DIST, 'renderer', 'index.html'))) {
  console.error('The application is not built here.\nWhat to do: npm run setup');
  process.exit(1);
}
if (!existsSync(TENSORFLOW_FOLDER)) {
  console.error('Native TensorFlow is not set up here: the packages will compute with the slower WebAssembly.');
}
process.exitCode = await packageApp(process.argv.slice(2));
