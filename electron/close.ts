import { dialog } from 'electron';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import type { LacunaCore } from '../main/core/lacuna-core.ts';
import { LacunaError } from '../main/errors/lacuna-error.ts';
import { isOver } from '../main/jobs/job-info.ts';
import type { JobInfo } from '../main/jobs/job-info.ts';

/**
 * What happens when the window is to be closed: it asks once when something is running, then ends the workers (each
 * training stores its checkpoint), brings every project back to a single file and lets the application end.
 *
 * @param quit ends the application; called when the core is closed
 */
export function closeWithCare(window: BrowserWindow, core: LacunaCore, quit: () => void): void {
  let state: 'open' | 'asking' | 'closing' = 'open';
  window.on('close', (event) => {
    event.preventDefault();
    if (state !== 'open') return;
    state = 'asking';
    void mayClose(window, core).then(async (may) => {
      if (!may) return void (state = 'open');
      state = 'closing';
      window.hide();
      try {
        await core.close();
      } catch (thrown) {
        const { message, remedy } = LacunaError.from(thrown);
        dialog.showErrorBox('A project could not be closed well', [message, remedy].filter(Boolean).join('\n'));
      } finally {
        window.destroy();
        quit();
      }
    });
  });
}

async function mayClose(window: BrowserWindow, core: LacunaCore): Promise<boolean> {
  const active = core.jobs.list().filter((job) => !isOver(job));
  if (active.length === 0) return true;
  const { response } = await dialog.showMessageBox(window, questionAbout(active));
  return response === 1;
}

/** The question, in words for what is running. The first button, the safe one, answers Enter and Escape. */
export function questionAbout(active: readonly JobInfo[]): MessageBoxOptions {
  const trains = active.some((job) => job.kind === 'train');
  return {
    type: 'question',
    title: 'Lacuna',
    message: trains ? 'Training is running.' : 'Lacuna is still working.',
    detail: [
      ...active.map((job) => `•  ${job.title}`),
      '',
      trains
        ? 'If you quit, the training keeps its last checkpoint, and one click goes on from there next time. Anything else that runs has to be started again.'
        : 'If you quit, it stops, and has to be started again next time. Nothing half-done stays in the project.',
    ].join('\n'),
    buttons: [trains ? 'Keep Training' : 'Keep Working', 'Stop and Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}
