import { expect, test } from 'vitest';
import type { WorkerExit } from '../worker/worker-launcher.ts';
import { toWorkerSchema, type EngineWish } from '../worker/worker-messages.ts';
import { JobSupervisor } from './job-supervisor.ts';

test('a job computes on what is wished for when it starts, not when it is queued', async () => {
  const started: EngineWish[] = [];
  let wish: EngineWish = { device: 'cpu', threads: 2 };
  const supervisor = new JobSupervisor({
    engine: () => wish,
    launcher: {
      launch() {
        let exit: (exit: WorkerExit) => void = () => {};
        return {
          pid: undefined,
          send(raw) {
            const message = toWorkerSchema.parse(raw);
            if (message.type === 'start') started.push(message.engine);
            // The first job ends only after the wish has changed.
            setTimeout(() => exit({ code: 1, signal: null, stderr: '' }), 20);
          },
          onMessage: () => {},
          onExit: (listener) => void (exit = listener),
          kill: () => {},
        };
      },
    },
  });
  const target = { uuid: 'u', path: '/nowhere' };
  const first = supervisor.submit(target, { kind: 'train', runId: 1 });
  const second = supervisor.submit(target, { kind: 'train', runId: 2 });
  wish = { device: 'auto', threads: null };
  await supervisor.whenOver(first.id);
  await supervisor.whenOver(second.id);
  expect(started).toEqual([
    { device: 'cpu', threads: 2 },
    { device: 'auto', threads: null },
  ]);
});
