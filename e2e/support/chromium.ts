import { existsSync } from 'node:fs';

/** Where each system keeps a Chromium or Chrome that was installed for everybody. */
const PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/**
 * The browser that the specs drive: `LACUNA_CHROMIUM`, else one of this system; null where there is none, and for
 * `LACUNA_CHROMIUM=none`.
 */
export function findChromium(
  environment: Record<string, string | undefined> = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (environment.LACUNA_CHROMIUM === 'none') return null;
  if (environment.LACUNA_CHROMIUM) return environment.LACUNA_CHROMIUM;
  return PLACES[platform]?.find((path) => existsSync(path)) ?? null;
}

/** Draws with the processor, so that pictures are the same everywhere, and asks nobody on the network for anything. */
export function chromiumArguments(): string[] {
  return [
    // Chromium refuses its sandbox to root, which is who runs tests in a container.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
  ];
}
