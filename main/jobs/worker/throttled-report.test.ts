import { expect, test, vi } from 'vitest';
import { throttledReport } from './throttled-report.ts';

test('at most one progress per interval, and the newest always arrives', async () => {
  vi.useFakeTimers();
  try {
    const sent: number[] = [];
    const { report, flush } = throttledReport(({ fraction }) => sent.push(fraction!), 100);
    for (let i = 0; i < 50; i++) {
      report({ stage: 'Working', fraction: i });
      vi.advanceTimersByTime(10);
    }
    expect(sent.length).toBeLessThanOrEqual(6);
    report({ stage: 'Working', fraction: 99 });
    vi.advanceTimersByTime(100);
    expect(sent.at(-1)).toBe(99);
    report({ stage: 'Working', fraction: 100 });
    report({ stage: 'Working', fraction: 101 });
    flush();
    expect(sent.at(-1)).toBe(101);
    const count = sent.length;
    vi.advanceTimersByTime(1000);
    flush();
    expect(sent.length).toBe(count);
  } finally {
    vi.useRealTimers();
  }
});
