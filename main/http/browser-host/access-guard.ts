import { timingSafeEqual } from 'node:crypto';
import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * Who may talk to the browser host. Any web page that the person has open can send requests to 127.0.0.1, and a
 * hostile name can be made to resolve to it. Three checks keep them out: the Host header must be ours (DNS rebinding),
 * a foreign Origin is refused (cross-site requests), and every request carries the secret of this launch (other users
 * of the same computer).
 */
export interface AccessGuard {
  /** Throws `forbidden` unless the request may pass. */
  check(request: Request): void;
  /** True for the first visit with the secret in the address; it is then moved into a cookie. */
  isLanding(request: Request): boolean;
  /** Value of the Set-Cookie header. */
  cookie(): string;
}

const cookieName = 'lacuna-token';

/** @param port the port that the host listens on; @param token the secret of this launch. */
export function createAccessGuard(port: number, token: string): AccessGuard {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  // Cookies are shared between ports of one host name: the port in the name keeps two running Lacunas apart.
  const ownCookie = `${cookieName}-${port}`;

  return {
    check(request) {
      const host = request.headers.get('host') ?? '';
      if (!hosts.has(host)) throw refused(`This address (${host || 'none'}) is not Lacuna's own.`);
      const origin = request.headers.get('origin');
      if (origin !== null && !origins.has(origin)) throw refused(`A page from ${origin} may not use Lacuna.`);
      const fetchSite = request.headers.get('sec-fetch-site');
      if (fetchSite === 'cross-site' || fetchSite === 'same-site') throw refused('Another site may not use Lacuna.');
      const given = bearerToken(request) ?? cookieValue(request, ownCookie) ?? landingToken(request);
      if (given === null || !sameSecret(given, token)) {
        throw refused('The secret of this launch is missing or wrong.');
      }
    },
    isLanding(request) {
      const given = landingToken(request);
      return given !== null && sameSecret(given, token);
    },
    cookie() {
      return `${ownCookie}=${token}; Path=/; HttpOnly; SameSite=Strict`;
    },
  };
}

function refused(what: string): LacunaError {
  return new LacunaError('forbidden', what, 'Open the address that Lacuna printed when it started.');
}

function bearerToken(request: Request): string | null {
  const header = request.headers.get('authorization');
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : null;
}

function cookieValue(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}

/** The secret in the address counts for the landing page alone, so that it works as a link and nowhere else. */
function landingToken(request: Request): string | null {
  const url = new URL(request.url);
  return request.method === 'GET' && url.pathname === '/' ? url.searchParams.get('token') : null;
}

function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
