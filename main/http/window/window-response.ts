import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { ThemeChoice } from '../../core/settings/settings.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * What the window may do: its own scripts, styles, fonts, pictures and workers, and requests to its own server. Style
 * attributes are allowed because positions and widths are set that way; style elements and anything inline else are not.
 */
const windowPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * A file of the built window. Names that carry a hash of their content never change and may be kept for ever.
 *
 * @param folder the built window
 * @param theme written into the page, so that its first picture has the chosen colours already
 * @throws LacunaError `not-found` for whatever is not one of its files
 */
export async function windowResponse(
  folder: string,
  request: Request,
  theme: () => ThemeChoice = () => 'system',
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new LacunaError('bad-request', 'The window is read with GET.', '');
  }
  const { pathname } = new URL(request.url);
  const bytes = await readFile(pathOf(folder, pathname)).catch((thrown: unknown) => {
    throw notThere(pathname, thrown);
  });
  const type = mediaTypes[extname(pathname === '/' ? '.html' : pathname).toLowerCase()] ?? mediaTypes['.html'];
  const body = pathname === '/' ? inTheme(bytes.toString('utf8'), theme()) : new Uint8Array(bytes);
  return new Response(request.method === 'HEAD' ? null : body, {
    headers: {
      'content-type': pathname === '/' ? mediaTypes['.html'] : type,
      'content-security-policy': windowPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  });
}

/** The page that wears the theme; one that follows the system asks the browser. */
function inTheme(page: string, theme: ThemeChoice): string {
  return theme === 'system' ? page : page.replace(/<html\b/, `<html data-theme="${theme}"`);
}

/** Every part must be a plain name: no way leads out of the folder, on any system. */
function pathOf(folder: string, pathname: string): string {
  if (pathname === '/') return join(folder, 'index.html');
  let parts: string[];
  try {
    parts = pathname.slice(1).split('/').map(decodeURIComponent);
  } catch (thrown) {
    throw notThere(pathname, thrown);
  }
  const plain = parts.every((part) => /^[\w@-][\w.@ -]*$/.test(part));
  if (!plain || !(extname(pathname).toLowerCase() in mediaTypes)) throw notThere(pathname);
  return [folder, ...parts].join(sep);
}

function notThere(pathname: string, cause?: unknown): LacunaError {
  return new LacunaError('not-found', `There is nothing at ${pathname}.`, '', {}, cause);
}
