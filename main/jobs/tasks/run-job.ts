import type { JobResult } from '../job-results.ts';
import type { JobSpec } from '../job-spec.ts';
import type { JobContext } from './job-context.ts';

/**
 * Does a job. Each kind's body is loaded when it is needed: an import must not wait for the code of t-SNE.
 *
 * @throws LacunaError
 */
export async function runJob(spec: JobSpec, context: JobContext): Promise<JobResult> {
  switch (spec.kind) {
    case 'import':
      return (await import('./import-files.ts')).importFiles(spec, context);
    case 'train':
      return (await import('./train-run.ts')).trainRun(spec, context);
    case 'embed':
      return (await import('./embed-space.ts')).embedSpace(spec, context);
    case 'cluster':
      return (await import('./cluster-space.ts')).clusterSpace(spec, context);
    case 'score':
      return (await import('./score-runs.ts')).scoreRuns(spec, context);
    case 'evaluate':
      return (await import('./evaluate-runs.ts')).evaluateRuns(spec, context);
    case 'batches':
      return (await import('./check-batches.ts')).checkBatches(spec, context);
    case 'super-resolve':
      return (await import('./super-resolve.ts')).superResolve(spec, context);
    case 'markers':
      return (await import('./find-markers.ts')).findMarkers(spec, context);
    case 'export':
      return (await import('./export-result.ts')).exportResult(spec, context);
  }
}
