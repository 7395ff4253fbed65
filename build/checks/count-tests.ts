import type { CheckResult } from './check.ts';

/** The part of vitest's JSON report that is counted. */
interface VitestReport {
  success: boolean;
  testResults: { name: string; status: string; message: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts the tests of a vitest run.
 *
 * A file that could not be loaded has no tests that failed, and an error outside every test leaves all of them passed:
 * both count as one failure, so that nothing red is reported as green.
 *
 * @param report vitest's JSON report; null when it wrote none
 * @param exitCode of vitest
 */
export function countTests(report: VitestReport | null, exitCode: number): Omit<CheckResult, 'output'> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    const failedBefore = counts.failed;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed++;
      else if (status === 'failed') counts.failed++;
      else counts.skipped++;
    }
    if (file.status === 'failed' && counts.failed === failedBefore) counts.failed++;
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed++;
  if (counts.passed + counts.failed + counts.skipped === 0) counts.failed++;
  return counts;
}
