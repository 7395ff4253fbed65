import { fileRoutes } from '../../../main/contract/bulk-routes.ts';
import { navigation } from '../../app/navigation.svelte.ts';
import { notices } from '../../app/notices.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { dropOf, sortPaths } from '../../files/sort-dropped.ts';
import { groupTables } from '../../../main/contract/words/group-tables.ts';
import { ImportItem } from './import-item.svelte.ts';

/** The files that are being imported, over visits to other screens. */
class ImportWizard {
  items = $state.raw<ImportItem[]>([]);
  importing = $state(false);
  /** True while tables are told apart: counts, positions, labels. */
  sorting = $state(false);
  /** The project they are for. */
  #project: string | null = null;

  readonly ready = $derived(this.items.filter((item) => item.state === 'ready'));
  readonly imported = $derived(this.items.filter((item) => item.state === 'imported'));
  /** True while it is not known what would be imported. */
  readonly looking = $derived(this.sorting || this.items.some((item) => item.looking || item.comparing));
  readonly over = $derived(
    this.items.length > 0 && !this.importing && this.ready.length === 0 && this.imported.length > 0,
  );

  /** Forgets the files of another project. */
  enter(): void {
    if (this.#project === project.uuid) return;
    this.#project = project.uuid;
    this.clear();
  }

  /**
   * Looks into files and folders, one after the other. A table that comes with other data holds labels for each of them;
   * tables alone are told apart by what is in them.
   */
  async add(paths: string[]): Promise<void> {
    const { data, labels } = sortPaths(paths);
    if (this.over) this.clear();
    if (data.length === 0) await this.#addTables(labels);
    else
      await this.#addItems(
        data.map((path) => new ImportItem(path)),
        labels[0],
      );
  }

  async #addTables(tables: string[]): Promise<void> {
    if (tables.length === 0) return;
    const waiting = this.items.filter((item) => item.state === 'ready' || item.state === 'looking');
    this.sorting = true;
    const { groups, rest } = await groupTables(tables, (path, options = {}) =>
      core.imports.inspect({ path, options }),
    ).finally(() => (this.sorting = false));
    // Labels for data that wait may lie beside other counts, which nobody has asked for.
    const own = groups.filter(({ path }) => waiting.length === 0 || tables.includes(path));
    const inOwn = new Set(own.map(({ path }) => path));
    const [labels] = groups.length === own.length ? rest : tables.filter((path) => !inOwn.has(path));
    if (own.length > 0) {
      await this.#addItems(
        own.map(({ path, options }) => new ImportItem(path, options)),
        labels,
      );
    } else if (waiting.length === 0) {
      // Each says for itself why it is no data.
      await this.#addItems(
        tables.map((path) => new ImportItem(path)),
        undefined,
      );
    } else if (labels !== undefined) {
      for (const item of waiting) {
        const lacksPositions = item.inspection?.table != null && item.inspection.positionsTable === null;
        if (lacksPositions) item.chooseLater({ ...item.options, positions: labels });
        else await item.useLabels(labels);
      }
    }
  }

  async #addItems(items: ImportItem[], labels: string | undefined): Promise<void> {
    const known = new Set(this.items.map((item) => item.path));
    const added = items.filter(({ path }) => !known.has(path));
    this.items = [...this.items, ...added];
    for (const item of added) {
      if (labels !== undefined) item.labelsPath = labels;
      await item.look();
    }
  }

  remove(item: ImportItem): void {
    this.items = this.items.filter((other) => other !== item);
  }

  /** Begins afresh; copies of dropped files are not needed any more. */
  clear(): void {
    const paths = this.items.flatMap((item) => [item.path, item.labelsPath ?? '']);
    this.items = [];
    for (const drop of new Set(paths.map(dropOf))) {
      // What is left over goes when Lacuna ends.
      if (drop !== undefined) fetch(fileRoutes.uploads(drop), { method: 'DELETE' }).catch(() => undefined);
    }
  }

  /** Imports what is ready, one after the other; then the first of them is the chosen dataset. */
  async import(): Promise<void> {
    if (this.importing) return;
    this.importing = true;
    const { uuid } = project;
    try {
      const batch = this.ready;
      for (const item of batch) {
        await item.import();
        if (item.state !== 'imported' && item.importError === null) break; // cancelled
      }
      if (project.info?.uuid !== uuid) return;
      await project.refresh();
      const first = batch.find((item) => item.datasetId !== null)?.datasetId;
      if (first != null) {
        project.selectDataset(first);
        if (navigation.place !== 'import') notices.show({ kind: 'success', what: `Imported ${batch[0].name}.` });
      }
    } catch (thrown) {
      notices.error(thrown);
    } finally {
      this.importing = false;
    }
  }

  async cancel(): Promise<void> {
    for (const item of this.items) await item.cancel();
  }
}

export const importWizard = new ImportWizard();
