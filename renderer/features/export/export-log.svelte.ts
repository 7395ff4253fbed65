import { fileRoutes } from '../../../main/contract/bulk-routes.ts';
import { jobs, type Job } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';

/** An export of this session. */
export interface LoggedExport {
  id: string;
  project: string;
  name: string;
  /** 'folder': written where the person said; 'browser': fetched by the browser when it is done. */
  target: 'folder' | 'browser';
  /** Bytes of a file that the window itself made; null where a job writes it. */
  bytes: number | null;
  /** Where the window's own file was put; null in the browser's downloads, and where a job says it. */
  path: string | null;
}

export interface ExportResult {
  files: string[];
  bytes: number;
  notes: string[];
}

/** What was exported since the window was opened, the newest first. */
class ExportLog {
  #entries = $state.raw<LoggedExport[]>([]);

  readonly mine = $derived(this.#entries.filter((entry) => entry.project === project.info?.uuid));

  /** True while a file of that name is on its way into a folder. */
  isWriting(name: string): boolean {
    return this.mine.some(
      (entry) => entry.target === 'folder' && entry.name === name && jobs.active.some(({ id }) => id === entry.id),
    );
  }

  /** Follows an export job; one for the browser is downloaded when it is done. Rejects when it fails. */
  async follow(id: string, name: string, target: LoggedExport['target']): Promise<Job> {
    this.#entries = [{ id, project: project.uuid, name, target, bytes: null, path: null }, ...this.#entries];
    const job = await jobs.whenOver(id);
    if (target === 'browser') download(fileRoutes.download(id), name);
    return job;
  }

  /** Notes a file that the window made and the core has put in its place. */
  wrote(path: string, name: string, bytes: number): void {
    const id = crypto.randomUUID();
    this.#entries = [{ id, project: project.uuid, name, target: 'folder', bytes, path }, ...this.#entries];
  }

  /** Notes a file that the window made and hands it to the browser. */
  hand(blob: Blob, name: string): void {
    const url = URL.createObjectURL(blob);
    download(url, name);
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    this.#entries = [
      { id: crypto.randomUUID(), project: project.uuid, name, target: 'browser', bytes: blob.size, path: null },
      ...this.#entries,
    ];
  }
}

export const exportLog = new ExportLog();

function download(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
