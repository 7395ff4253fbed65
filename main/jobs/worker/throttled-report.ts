import type { Progress } from '../../dataset/progress.ts';

/**
 * Lets at most one progress through per `intervalMs`. The newest one is never lost: it follows when the interval is
 * over, or at `flush`.
 */
export function throttledReport(
  send: (progress: Progress) => void,
  intervalMs = 100,
): { report: (progress: Progress) => void; flush: () => void } {
  let last = -Infinity;
  let waiting: Progress | null = null;
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!waiting) return;
    const progress = waiting;
    waiting = null;
    last = performance.now();
    send(progress);
  };
  const report = (progress: Progress) => {
    waiting = progress;
    const since = performance.now() - last;
    if (since >= intervalMs) flush();
    else if (!timer) {
      timer = setTimeout(flush, intervalMs - since);
      timer.unref();
    }
  };
  return { report, flush };
}
