import type { LongTask, Progress } from '../dataset/progress.ts';

/** The task's `report`, at most ten times a second; what comes too soon is left out. */
export function throttledReport(task: LongTask): (progress: Progress) => void {
  const { report } = task;
  if (report === undefined) return () => undefined;
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    report(progress);
  };
}
