import { navigation } from '../app/navigation.svelte.ts';
import { notices } from '../app/notices.svelte.ts';
import { project } from '../app/project.svelte.ts';
import { shell } from '../app/shell.ts';
import { core } from '../rpc/client.ts';
import { plainError, type PlainError } from '../rpc/plain-error.ts';
import { filePicker } from './file-picker.svelte.ts';
import { sortPaths, titleOf } from './sort-dropped.ts';
import { uploadDrop, type UploadProgress } from './upload-drop.ts';
import { walkDrop, type DroppedFile } from './walk-drop.ts';

/** Files on their way into Lacuna: dropped or chosen, until the import wizard or a project is open on them. */
class Incoming {
  /** How far the copying of a drop is; null while nothing is copied. */
  progress = $state.raw<UploadProgress | null>(null);
  /** True from the drop until a screen is open on it. */
  busy = $state(false);
  error = $state.raw<PlainError | null>(null);
  #stop: AbortController | null = null;

  /** Takes what was dropped on the window. */
  async drop(transfer: DataTransfer): Promise<void> {
    const desktop = shell();
    if (desktop !== undefined) {
      const paths = Array.from(transfer.files, (file) => desktop.pathOf(file)).filter((path) => path !== '');
      if (paths.length > 0) await this.take(paths);
      return;
    }
    // Before anything is awaited: the browser forgets the entries of a drop.
    const walking = walkDrop(transfer);
    await this.#busy(async () => {
      const files = await walking;
      if (files.length === 0) return;
      if (files.every(({ path }) => /\.lacuna$/i.test(path))) {
        throw new Error(
          'A project cannot be opened by dropping it on the browser: the browser would only hand over a copy, and your changes would not reach the file. Choose it with "Open a project …".',
        );
      }
      await this.#upload(files);
    });
  }

  /** Lets the person choose data, and takes it. */
  async chooseData(): Promise<void> {
    const paths = await filePicker.ask({ kind: 'data', title: 'Open data', many: true });
    if (paths.length > 0) await this.take(paths);
  }

  /** Lets the person choose a project, and opens it. */
  async chooseProject(): Promise<void> {
    const [path] = await filePicker.ask({ kind: 'project', title: 'Open a project' });
    if (path !== undefined) await this.openProject(path);
  }

  async openProject(path: string): Promise<void> {
    await this.#busy(() => project.open(path));
  }

  /** Opens the import wizard on files or folders, in a new project when none is open; a project is opened. */
  async take(paths: string[]): Promise<void> {
    await this.#busy(() => this.#take(paths));
  }

  cancel(): void {
    this.#stop?.abort();
  }

  async #upload(files: DroppedFile[]): Promise<void> {
    this.#stop = new AbortController();
    try {
      const paths = await uploadDrop(files, this.#stop.signal, (progress) => (this.progress = progress));
      await this.#take(paths);
    } finally {
      this.progress = null;
      this.#stop = null;
    }
  }

  async #take(paths: string[]): Promise<void> {
    const { projects, data, labels } = sortPaths(paths);
    const [first] = projects;
    if (first !== undefined && data.length === 0) {
      await project.open(first);
      return;
    }
    if (project.info === null || navigation.place === 'start') {
      // Tables alone may be counts and positions; what is in them decides later.
      const named = data[0] ?? labels[0];
      if (named === undefined) return;
      const title = titleOf(named);
      const { path } = await core.files.freePath({ name: `${title}.lacuna` });
      await project.create(path, title);
    }
    navigation.pendingImport = [...data, ...labels];
    navigation.go('import');
  }

  async #busy(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) {
        this.error = plainError(thrown);
        if (navigation.place !== 'start' && navigation.place !== 'import') notices.error(thrown);
      }
    } finally {
      this.busy = false;
    }
  }
}

export const incoming = new Incoming();
