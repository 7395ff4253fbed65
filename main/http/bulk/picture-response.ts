import type { Picture } from '../../projects/project.types.ts';

/**
 * A picture out of a project file. The file may come from anybody, and an SVG that is opened as a page could run
 * scripts as if it were Lacuna: the policy allows it nothing.
 */
export function pictureResponse({ mediaType, bytes }: Picture): Response {
  const known = ['image/png', 'image/jpeg', 'image/svg+xml'].includes(mediaType);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': known ? mediaType : 'application/octet-stream',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
