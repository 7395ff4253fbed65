import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LacunaCore } from '../main/core/lacuna-core.ts';
import type { JobInfo, JobState } from '../main/jobs/job-info.ts';
import { dialog, FakeBrowserWindow } from './testing/fake-electron.ts';

vi.mock('electron', () => import('./testing/fake-electron.ts'));
const { closeWithCare, questionAbout } = await import('./close.ts');

const job = (kind: JobInfo['kind'], state: JobState): JobInfo => ({
  id: `${kind}-${state}`,
  kind,
  project: 'p',
  title: kind === 'train' ? 'Training AE, seed 1' : 'Importing counts.h5',
  state,
  runId: null,
  progress: null,
  result: null,
  error: null,
  createdAt: '',
  startedAt: null,
  finishedAt: null,
});

function open(jobs: JobInfo[]) {
  const window = new FakeBrowserWindow({});
  const closing = Promise.withResolvers<void>();
  const close = vi.fn(() => closing.promise);
  const quit = vi.fn();
  const core = { jobs: { list: () => jobs }, close } as unknown as LacunaCore;
  closeWithCare(window as never, core, quit);
  return { window, close, quit, closed: closing.resolve };
}

beforeEach(() => {
  dialog.questions.length = 0;
});

describe('closing the window', () => {
  it('asks nothing when nothing runs', async () => {
    const { window, close, quit, closed } = open([job('train', 'done'), job('import', 'failed')]);
    expect(window.pressClose()).toBe(false);
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect(dialog.questions).toEqual([]);
    expect(window.calls).toEqual(['hide']);
    expect(quit).not.toHaveBeenCalled();
    closed();
    await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
    expect(window.destroyed).toBe(true);
  });

  it('keeps training when the person says so, and asks again the next time', async () => {
    const { window, close } = open([job('train', 'running')]);
    dialog.button = 0;
    expect(window.pressClose()).toBe(false);
    await vi.waitFor(() => expect(dialog.questions).toHaveLength(1));
    await Promise.resolve();
    window.pressClose();
    await vi.waitFor(() => expect(dialog.questions).toHaveLength(2));
    expect(close).not.toHaveBeenCalled();
    expect(window.calls).toEqual([]);
  });

  it('asks once, however often the button is pressed, and then closes', async () => {
    const { window, close, closed } = open([job('train', 'running')]);
    dialog.button = 1;
    window.pressClose();
    window.pressClose();
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
    window.pressClose();
    expect(dialog.questions).toHaveLength(1);
    closed();
    await vi.waitFor(() => expect(window.destroyed).toBe(true));
  });

  it('says what runs and what becomes of it; Enter and Escape keep it', () => {
    const training = questionAbout([job('train', 'running'), job('import', 'queued')]);
    expect(training).toMatchObject({ message: 'Training is running.', defaultId: 0, cancelId: 0 });
    expect(training.detail).toContain('Training AE, seed 1');
    expect(training.detail).toContain('checkpoint');
    expect(questionAbout([job('import', 'running')])).toMatchObject({ message: 'Lacuna is still working.' });
  });
});
