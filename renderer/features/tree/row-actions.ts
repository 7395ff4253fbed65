import Columns2 from '@lucide/svelte/icons/columns-2';
import CopyPlus from '@lucide/svelte/icons/copy-plus';
import FileOutput from '@lucide/svelte/icons/file-output';
import Pencil from '@lucide/svelte/icons/pencil';
import Play from '@lucide/svelte/icons/play';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Square from '@lucide/svelte/icons/square';
import Trash2 from '@lucide/svelte/icons/trash-2';
import { comparison } from '../../app/comparison.svelte.ts';
import { jobs } from '../../app/jobs.svelte.ts';
import { learnPrefill } from '../../app/learn-prefill.svelte.ts';
import { navigation } from '../../app/navigation.svelte.ts';
import { notices } from '../../app/notices.svelte.ts';
import { project, type DatasetInfo, type RunInfo } from '../../app/project.svelte.ts';
import { undoStack } from '../../app/undo.svelte.ts';
import { core } from '../../rpc/client.ts';

/** One line of the menu of a dataset or a run. */
export interface RowAction {
  id: string;
  label: string;
  icon: typeof Pencil;
  /** The key that does the same on the line. */
  key?: string;
  danger?: boolean;
  run: () => void | Promise<void>;
}

/** What can be done with a run in its present state. */
export function runActions(run: RunInfo, rename: () => void): RowAction[] {
  const actions: RowAction[] = [];
  if (canResume(run)) actions.push({ id: 'resume', label: resumeLabel(run), icon: Play, run: () => resumeRun(run) });
  if (run.state === 'queued' || run.state === 'running') {
    actions.push({ id: 'cancel', label: 'Stop', icon: Square, run: () => cancelRun(run) });
  }
  actions.push(
    { id: 'rename', label: 'Rename', icon: Pencil, key: 'F2', run: rename },
    { id: 'duplicate', label: 'Duplicate with changes', icon: CopyPlus, run: () => duplicateRun(run) },
  );
  const marked = comparison.marked.includes(run.id) ? comparison.marked.length : 0;
  actions.push({
    id: 'compare',
    label: marked > 1 ? `Compare ${marked} runs` : 'Compare',
    icon: Columns2,
    run: () => comparison.openWith(run),
  });
  if (run.state === 'done')
    actions.push({ id: 'export', label: 'Export', icon: FileOutput, run: () => exportRun(run) });
  actions.push({ id: 'delete', label: 'Delete', icon: Trash2, key: 'Del', danger: true, run: () => deleteRun(run) });
  return actions;
}

/** What can be done with a dataset. */
export function datasetActions(dataset: DatasetInfo, rename: () => void): RowAction[] {
  return [
    {
      id: 'learn',
      label: 'Learn from it',
      icon: Sparkles,
      run: () => {
        project.selectDataset(dataset.id);
        navigation.go('learn');
      },
    },
    { id: 'rename', label: 'Rename', icon: Pencil, key: 'F2', run: rename },
    { id: 'delete', label: 'Delete', icon: Trash2, key: 'Del', danger: true, run: () => deleteDataset(dataset) },
  ];
}

export function canResume(run: RunInfo): boolean {
  return run.state === 'interrupted' || run.state === 'cancelled' || run.state === 'failed';
}

function resumeLabel(run: RunInfo): string {
  return run.state === 'failed' ? 'Try again' : 'Resume';
}

/** Goes on with a run from where it stopped. */
export async function resumeRun(run: RunInfo): Promise<void> {
  try {
    await core.runs.resume({ project: project.uuid, run: run.id });
    await project.refresh();
  } catch (thrown) {
    notices.error(thrown);
  }
}

async function cancelRun(run: RunInfo): Promise<void> {
  const job = jobs.forRun(project.uuid, run.id);
  if (job === undefined) return;
  try {
    await core.jobs.cancel({ job: job.id });
  } catch (thrown) {
    notices.error(thrown);
  }
}

function duplicateRun(run: RunInfo): void {
  project.selectDataset(run.datasetId);
  learnPrefill.from(run);
  navigation.go('learn');
}

function exportRun(run: RunInfo): void {
  project.selectRun(run);
  navigation.go('export');
}

/** Takes a run away; for ten seconds a message offers it back, and Ctrl-Z does so for longer. */
export async function deleteRun(run: RunInfo): Promise<void> {
  const at = { project: project.uuid, run: run.id };
  const trained = run.state === 'running' || run.state === 'queued';
  await deleteWithUndo(`Delete run ${run.name}`, `Deleted ${run.name}${trained ? ' and stopped its training' : ''}.`, {
    do: () => core.runs.remove(at),
    undo: () => core.runs.restore(at),
  });
}

/** Takes a dataset away with its runs; can be taken back like a run. */
export async function deleteDataset(dataset: DatasetInfo): Promise<void> {
  const at = { project: project.uuid, dataset: dataset.id };
  const nRuns = project.runs.filter((run) => run.datasetId === dataset.id).length;
  const withRuns = nRuns === 0 ? '' : ` and its ${nRuns === 1 ? 'run' : `${nRuns} runs`}`;
  await deleteWithUndo(`Delete dataset ${dataset.name}`, `Deleted ${dataset.name}${withRuns}.`, {
    do: () => core.datasets.remove(at),
    undo: () => core.datasets.restore(at),
  });
}

async function deleteWithUndo(
  name: string,
  what: string,
  steps: { do: () => Promise<unknown>; undo: () => Promise<unknown> },
): Promise<void> {
  let notice: number | null = null;
  const action = {
    name,
    do: async () => {
      await steps.do();
      await project.refresh();
    },
    undo: async () => {
      await steps.undo();
      if (notice !== null) notices.close(notice);
      await project.refresh();
    },
  };
  if (!(await undoStack.run(action))) return;
  notice = notices.show({ what, action: { label: 'Undo', run: () => undoStack.takeBack(action) } }, 10);
}

/** Gives a dataset or a run another name. */
export async function renameItem(
  item: { kind: 'dataset' | 'run'; id: number; name: string },
  name: string,
): Promise<void> {
  if (name === item.name) return;
  const { uuid } = project;
  const put = async (to: string): Promise<void> => {
    if (item.kind === 'dataset') await core.datasets.rename({ project: uuid, dataset: item.id, name: to });
    else await core.runs.rename({ project: uuid, run: item.id, name: to });
    await project.refresh();
  };
  await undoStack.run({ name: `Rename ${item.name}`, do: () => put(name), undo: () => put(item.name) });
}
