import type { ReadableStream } from 'node:stream/web';
import type { LaunchFolder } from '../../core/launch/launch-folder.ts';
import { forgetUploads, storeUpload } from '../../core/launch/store-upload.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { decodedParts } from './decoded-parts.ts';

/** Dropped files: `PUT /upload/<drop>/<relative path>` stores one, `DELETE /upload/<drop>` forgets a drop. */
export async function uploadResponse(launchFolder: LaunchFolder, request: Request): Promise<Response> {
  const [, drop, ...path] = decodedParts(request);
  if (request.method === 'DELETE' && path.length === 0) {
    await forgetUploads(launchFolder, drop);
    return new Response(null, { status: 204 });
  }
  if (request.method !== 'PUT' || path.length === 0) {
    throw new LacunaError('bad-request', 'A dropped file is sent with PUT /upload/<drop>/<path>.', '');
  }
  // An encoded slash would make one part of an address into two parts of a path.
  if (path.some((part) => part.includes('/')))
    throw new LacunaError('bad-request', 'A file name cannot hold a slash.', '');
  const announced = request.headers.get('content-length');
  const body = request.body as ReadableStream<Uint8Array> | null;
  const size = announced === null ? null : Number(announced);
  return Response.json(await storeUpload(launchFolder, drop, path.join('/'), body, size));
}
