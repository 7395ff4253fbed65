/** One step of the file's schema. Steps are never changed after a release; a new one is added instead. */
export interface Migration {
  /** `user_version` of the file after this step. */
  version: number;
  /** What it brings, in a few words. */
  title: string;
  sql: string;
}
