import { describe, expect, it } from 'vitest';
import { countTests } from './count-tests.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  message: '',
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('countTests', () => {
  it('counts by status', () => {
    const report = {
      success: false,
      testResults: [file('passed', 'passed', 'skipped', 'todo'), file('failed', 'failed', 'passed')],
    };
    expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });
  it('counts a file that could not be loaded as a failure', () => {
    expect(countTests({ success: false, testResults: [file('failed')] }, 1)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });
  it('counts an error outside the tests as a failure', () => {
    expect(countTests({ success: false, testResults: [file('passed', 'passed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });
  it('counts a run without tests or without a report as a failure', () => {
    expect(countTests({ success: true, testResults: [] }, 0).failed).toBe(1);
    expect(countTests(null, 0).failed).toBe(1);
  });
});
