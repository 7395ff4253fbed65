import { commands, shortcutText, type Command } from '../../app/commands.svelte.ts';
import { exploreRequest, type RequestedGene } from '../../app/explore-request.svelte.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { methodList } from '../../app/method-list.svelte.ts';
import { methodPage } from '../../app/method-page.svelte.ts';
import { navigation } from '../../app/navigation.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { undoStack } from '../../app/undo.svelte.ts';
import { formatCount } from '../../design/format.ts';
import { incoming } from '../../files/incoming.svelte.ts';
import { core } from '../../rpc/client.ts';
import { runStateText } from '../tree/run-state.ts';
import { recent } from '../start/recent.svelte.ts';
import { bestMatches } from './match.ts';

/** One thing that the palette can find. */
export interface PaletteEntry {
  id: string;
  title: string;
  /** In grey behind the title. */
  hint: string;
  /** As people read it: 'Ctrl K'. */
  shortcut: string;
  run: () => void | Promise<void>;
}

export interface PaletteGroup {
  title: string;
  entries: PaletteEntry[];
}

/** What the palette finds for what was typed so far. */
export class PaletteSearch {
  query = $state('');
  genes = $state.raw<RequestedGene[]>([]);
  searching = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  readonly groups = $derived.by((): PaletteGroup[] => {
    const asked = this.query.trim() !== '';
    const groups: PaletteGroup[] = [
      { title: 'Genes', entries: this.genes.map(geneEntry) },
      { title: 'Runs', entries: bestMatches(runEntries(), this.query, asked ? 12 : 5) },
      { title: 'Datasets', entries: bestMatches(datasetEntries(), this.query, asked ? 12 : 5) },
      ...commandGroups(this.query),
      { title: 'Methods', entries: asked ? bestMatches(methodEntries(), this.query, 8) : [] },
      { title: 'Recent projects', entries: bestMatches(recentEntries(), this.query, asked ? 12 : 5) },
    ];
    return groups.filter((group) => group.entries.length > 0);
  });

  readonly flat = $derived(this.groups.flatMap((group) => group.entries));

  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const dataset = project.dataset;
    if (query.trim().length < 1 || dataset === null) {
      this.genes = [];
      this.searching = false;
      return;
    }
    this.searching = true;
    const at = { project: project.uuid, dataset: dataset.id };
    this.#timer = setTimeout(() => {
      void core.datasets
        .findGenes({ ...at, query: query.trim(), limit: 8 })
        .catch(() => []) // what else matches is still of use
        .then((genes) => {
          if (asked !== this.#asked) return;
          this.genes = genes;
          this.searching = false;
        });
    }, 120);
  }
}

function geneEntry(gene: RequestedGene): PaletteEntry {
  return {
    id: `gene-${gene.index}`,
    title: gene.name,
    hint: gene.id === gene.name || gene.id === '' ? 'Colour by it' : gene.id,
    shortcut: '',
    run: () => {
      exploreRequest.showGene(gene);
      navigation.go('explore');
    },
  };
}

function runEntries(): PaletteEntry[] {
  return project.runs.map((run) => ({
    id: `run-${run.id}`,
    title: run.name,
    hint:
      run.state === 'done'
        ? (project.datasets.find((dataset) => dataset.id === run.datasetId)?.name ?? '')
        : runStateText(run, jobs.forRun(project.uuid, run.id)),
    shortcut: '',
    run: () => {
      project.selectRun(run);
      navigation.go(run.state === 'done' ? 'explore' : 'learn');
    },
  }));
}

function datasetEntries(): PaletteEntry[] {
  return project.datasets.map((dataset) => ({
    id: `dataset-${dataset.id}`,
    title: dataset.name,
    hint: `${formatCount(dataset.nObs)} cells × ${formatCount(dataset.nVar)} genes`,
    shortcut: '',
    run: () => {
      project.selectDataset(dataset.id);
      navigation.go('quality');
    },
  }));
}

function methodEntries(): PaletteEntry[] {
  return methodList.all.map(({ id, title }) => ({
    id: `method-${id}`,
    title,
    hint: 'How it works, when to use it',
    shortcut: '',
    run: () => methodPage.open(id),
  }));
}

function recentEntries(): PaletteEntry[] {
  return (recent.list ?? [])
    .filter((entry) => entry.exists && entry.path !== project.info?.path)
    .map((entry) => ({
      id: `recent-${entry.path}`,
      title: entry.title,
      hint: entry.path,
      shortcut: '',
      run: () => incoming.openProject(entry.path),
    }));
}

/** Commands in the groups that they name, in the order in which the groups first occur. */
function commandGroups(query: string): PaletteGroup[] {
  const usable = commands.list.filter((command) => command.id !== 'palette' && (command.enabled?.() ?? true));
  const titles = [...new Set(usable.map((command) => command.group))];
  return titles.map((title) => {
    const entries = usable.filter((command) => command.group === title).map(commandEntry);
    return { title, entries: bestMatches(entries, query, 20) };
  });
}

function commandEntry({ id, title, shortcut, run }: Command): PaletteEntry {
  const names: Record<string, string> = { undo: `Undo: ${undoStack.nextUndo}`, redo: `Redo: ${undoStack.nextRedo}` };
  return {
    id: `command-${id}`,
    title: names[id] ?? title,
    hint: '',
    shortcut: shortcut === undefined ? '' : shortcutText(shortcut),
    run,
  };
}
