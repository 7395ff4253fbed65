import type { z } from 'zod';
import { fileRoutes } from '../../main/contract/bulk-routes.ts';
import type { uploadedSchema } from '../../main/contract/entities/file.ts';
import { baseName, isMatrixPart } from './sort-dropped.ts';
import type { DroppedFile } from './walk-drop.ts';

type Uploaded = z.infer<typeof uploadedSchema>;

export interface UploadProgress {
  file: string;
  bytesDone: number;
  bytesTotal: number;
}

/**
 * Copies dropped files to where the core can read them; a page is not told where they lie.
 *
 * @returns the paths to look at
 * @throws Error in the core's plain words; `AbortError` when the person cancelled
 */
export async function uploadDrop(
  files: DroppedFile[],
  signal: AbortSignal,
  report: (progress: UploadProgress) => void,
): Promise<string[]> {
  const drop = crypto.randomUUID();
  const bytesTotal = files.reduce((sum, { file }) => sum + file.size, 0);
  let before = 0;
  const answers: Uploaded[] = [];
  for (const { path, file } of files) {
    answers.push(
      await put(fileRoutes.upload(drop, path), file, signal, (sent) =>
        report({ file: path, bytesDone: before + sent, bytesTotal }),
      ),
    );
    before += file.size;
  }
  return rootsOf(answers);
}

/** What to look at: each file or folder that was dropped; loose files of one 10x matrix count as their folder. */
export function rootsOf(answers: Uploaded[]): string[] {
  const roots = answers.map((answer) =>
    answer.root === answer.path && isMatrixPart(baseName(answer.path)) ? answer.folder : answer.root,
  );
  return [...new Set(roots)];
}

/** XMLHttpRequest, because fetch does not say how much of a request has gone out. */
function put(address: string, file: File, signal: AbortSignal, onSent: (bytes: number) => void): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', address);
    request.responseType = 'json';
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => {
      const answer = request.response as (Uploaded & { error?: { what?: string } }) | null;
      if (request.status < 300 && answer !== null) resolve(answer);
      else
        reject(
          new Error(answer?.error?.what ?? `${file.name} could not be taken in: the core answered ${request.status}.`),
        );
    };
    request.onerror = () => reject(new TypeError('lost'));
    request.onabort = () => reject(new DOMException('Cancelled.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) request.abort();
    else request.send(file);
  });
}
