import { version } from '../version.ts';

/**
 * What a browser sees at the address until the window is part of the application: that Lacuna runs, and how programs
 * reach it. No script and no other origin, so the policy can be the strictest.
 */
export function landingPage(): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Lacuna</title>
<h1>Lacuna ${version} is running</h1>
<p>Programs on this computer reach it at <code>/rpc</code> (typed procedures) and <code>/bulk</code> (arrays).
The terminal program <code>lacuna --help</code> does the same work without a browser.</p>
</html>
`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
