/** What came of a check. */
export interface CheckResult {
  passed: number;
  failed: number;
  skipped: number;
  /** What the check printed; shown when it failed. */
  output: string;
}

/** One of the things that `npm test` does. */
export interface Check {
  name: string;
  /** What it looks at, for people. */
  about: string;
  /** True for the one that speaks for itself while it runs, and so runs alone. */
  live?: boolean;
  run(): Promise<CheckResult>;
}
