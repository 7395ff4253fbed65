import type { LongTask, Progress } from '../../dataset/progress.ts';

/** Reports at most ten times a second, with the time left by the pace so far; a new stage is always reported. */
export function pacedReport(
  task: LongTask | undefined,
): (stage: string, fraction: number, detail?: Progress['detail']) => void {
  const report = task?.report;
  if (report === undefined) return () => undefined;
  const began = performance.now();
  let lastAt = -Infinity;
  let lastStage = '';
  return (stage, fraction, detail) => {
    const now = performance.now();
    if (stage === lastStage && now - lastAt < 100) return;
    lastAt = now;
    lastStage = stage;
    const elapsed = (now - began) / 1000;
    const etaSeconds = fraction > 0.02 ? (elapsed * (1 - fraction)) / fraction : null;
    report(detail === undefined ? { stage, fraction, etaSeconds } : { stage, fraction, etaSeconds, detail });
  };
}
