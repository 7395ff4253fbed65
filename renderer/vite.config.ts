import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The window is built into plain files that the one handler serves; nothing is loaded from elsewhere. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [svelte()],
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome140',
    // The content security policy allows no data: scripts, and fonts stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    // Most licences ask to be passed on with the code.
    license: { fileName: 'licences.md' },
  },
});
