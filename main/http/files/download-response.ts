import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LacunaCore } from '../../core/lacuna-core.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ExportResult } from '../../jobs/job-results.ts';
import { decodedParts } from './decoded-parts.ts';

const mediaTypes: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  tex: 'application/x-tex; charset=utf-8',
  svg: 'image/svg+xml',
  gz: 'application/gzip',
};

/**
 * `GET /download/<job>/<n>`: the n-th file that a finished export wrote, for the browser to save. Nothing else on the
 * disk can be had here.
 *
 * @throws LacunaError `not-found`, `bad-request` for a folder
 */
export async function downloadResponse(core: LacunaCore, request: Request): Promise<Response> {
  if (request.method !== 'GET') throw new LacunaError('bad-request', 'Files are read with GET.', '');
  const [, jobId, at = '0'] = decodedParts(request);
  const job = core.jobs.get(jobId);
  const files = job.kind === 'export' && job.state === 'done' ? (job.result as ExportResult).files : [];
  const path = /^\d+$/.test(at) ? files.at(Number(at)) : undefined;
  if (path === undefined)
    throw new LacunaError('not-found', `Job ${jobId} has written no such file.`, 'Export it again.');
  const info = await stat(path).catch((thrown: unknown) => {
    throw LacunaError.from(thrown);
  });
  if (!info.isFile()) {
    throw new LacunaError(
      'bad-request',
      `${path} is a folder, which a browser cannot download.`,
      'You find it there on this computer.',
      { path },
    );
  }
  const file = await open(path);
  return new Response(file.readableWebStream({ autoClose: true }) as ReadableStream, {
    headers: {
      'content-type': mediaTypes[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
      'content-length': String(info.size),
      'content-disposition': `attachment; filename*=UTF-8''${encodeRfc5987(basename(path))}`,
      // An SVG or HTML that is opened instead of saved may do nothing.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

/** RFC 5987: what encodeURIComponent leaves alone although a header parameter may not hold it. */
function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
