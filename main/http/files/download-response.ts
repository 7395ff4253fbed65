import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { LacunaCore } from '../../core/lacuna-core.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { tarFolder } from '../../export/tar-folder.ts';
import type { ExportResult } from '../../jobs/job-results.ts';
import { decodedParts } from './decoded-parts.ts';

const mediaTypes: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  tex: 'application/x-tex; charset=utf-8',
  svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8',
  png: 'image/png',
  gz: 'application/gzip',
};

/**
 * `GET /download/<job>/<n>`: the n-th file that a finished export wrote, for the browser to save; a folder comes as one
 * .tar. Nothing else on the disk can be had here.
 *
 * @throws LacunaError `not-found`
 */
export async function downloadResponse(core: LacunaCore, request: Request): Promise<Response> {
  if (request.method !== 'GET') throw new LacunaError('bad-request', 'Files are read with GET.', '');
  const [, jobId, at = '0'] = decodedParts(request);
  const job = core.jobs.get(jobId);
  const files = job.kind === 'export' && job.state === 'done' ? (job.result as ExportResult).files : [];
  const path = /^\d+$/.test(at) ? files.at(Number(at)) : undefined;
  if (path === undefined) {
    throw new LacunaError('not-found', `Job ${jobId} has written no such file.`, 'Export it again.');
  }
  const info = await stat(path).catch((thrown: unknown) => {
    throw LacunaError.from(thrown);
  });
  if (info.isDirectory()) {
    return attachment(asWeb(Readable.from(tarFolder(path))), `${basename(path)}.tar`, 'application/x-tar');
  }
  const file = await open(path);
  const type = mediaTypes[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
  return attachment(asWeb(file.createReadStream()), basename(path), type, info.size);
}

function attachment(body: ReadableStream, name: string, type: string, size?: number): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      ...(size !== undefined && { 'content-length': String(size) }),
      'content-disposition': `attachment; filename*=UTF-8''${encodeRfc5987(name)}`,
      // An SVG that is opened instead of saved may do nothing.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

/** Node's own type of the same thing. */
function asWeb(stream: Readable): ReadableStream {
  return Readable.toWeb(stream) as ReadableStream;
}

/** RFC 5987: what encodeURIComponent leaves alone although a header parameter may not hold it. */
function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
