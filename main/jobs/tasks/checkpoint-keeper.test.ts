import { describe, expect, test } from 'vitest';
import type { CheckpointState } from '../../methods/method.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';

/** A training whose epochs, copies and writes take as long as told. */
function training(costs: { everySeconds: number; buildMs: number; saveMs: number }) {
  let clock = 0;
  const saved: { epoch: number; at: number }[] = [];
  let built = 0;
  const keeper = new CheckpointKeeper({
    everySeconds: costs.everySeconds,
    save: (checkpoint) => {
      clock += costs.saveMs;
      saved.push({ epoch: checkpoint.epoch, at: clock });
    },
    now: () => clock,
  });
  return {
    saved,
    keeper,
    built: () => built,
    epochs(count: number, epochMs: number) {
      for (let epoch = 1; epoch <= count; epoch++) {
        clock += epochMs;
        keeper.offer((): CheckpointState => {
          built += 1;
          clock += costs.buildMs;
          return { epoch, arrays: {}, state: {} };
        });
      }
    },
  };
}

describe('checkpoints', () => {
  test('are stored every few seconds while they are cheap, not every epoch', () => {
    const { epochs, saved } = training({ everySeconds: 15, buildMs: 1, saveMs: 4 });
    epochs(1000, 100);
    expect(saved.length).toBeGreaterThan(15);
    expect(saved.length).toBeLessThanOrEqual(20);
  });

  test('are stored after the promised time however dear they are', () => {
    const { epochs, saved } = training({ everySeconds: 15, buildMs: 500, saveMs: 4000 });
    epochs(100, 1000);
    const gaps = saved.slice(1).map((entry, i) => entry.at - saved[i].at);
    for (const gap of gaps) expect(gap).toBeLessThan(22_000);
  });

  test('of the last whole epoch is what a cancel stores', () => {
    const { epochs, saved, keeper } = training({ everySeconds: 15, buildMs: 1, saveMs: 4 });
    epochs(12, 100);
    expect(saved).toEqual([]);
    keeper.flush();
    expect(saved.map(({ epoch }) => epoch)).toEqual([12]);
    keeper.flush();
    expect(saved.length).toBe(1);
  });

  test('that take long to copy are copied seldom', () => {
    const { epochs, built } = training({ everySeconds: 15, buildMs: 80, saveMs: 100 });
    epochs(1000, 100);
    expect(built() * 80).toBeLessThan(0.05 * 1000 * 100);
  });
});
