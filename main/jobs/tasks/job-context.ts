import type { Progress } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Project } from '../../projects/project.types.ts';

/** What the body of a job is given, whether it runs in a worker process or in a test. */
export interface JobContext {
  project: Project;
  /** Its `reason` is a `StopReason`. */
  signal: AbortSignal;
  report: (progress: Progress) => void;
  /** Starts the tensor engine on the first call: jobs that never ask never load it. */
  engine: () => Promise<Engine>;
  /** A crash must not lose more training than this, seconds. */
  checkpointSeconds: number;
}
