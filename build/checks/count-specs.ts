import type { CheckResult } from './check.ts';

/** The part of Playwright's JSON report that is counted. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
}

/**
 * Counts the specs of a Playwright run. One that passed at its second try passed. An error outside every spec, such as
 * a file that cannot be loaded, counts as one failure, and so does a run without any spec.
 *
 * @param report Playwright's JSON report; null when it wrote none
 * @param exitCode of Playwright
 */
export function countSpecs(report: PlaywrightReport | null, exitCode: number): Omit<CheckResult, 'output'> {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  const counts = { passed: expected + flaky, failed: unexpected + (report?.errors.length ?? 0), skipped };
  if (exitCode !== 0 && counts.failed === 0) counts.failed++;
  if (counts.passed + counts.failed + counts.skipped === 0) counts.failed++;
  return counts;
}
