import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Points } from '../../embed/points.ts';
import type { RunInfo } from '../../projects/project.types.ts';
import type { BaseSpace } from '../job-spec.ts';
import type { JobContext } from './job-context.ts';

/**
 * A base space of a finished run as points.
 *
 * @throws LacunaError `unsupported` for the latent of a method that has none
 */
export async function spacePoints(context: JobContext, run: RunInfo, space: BaseSpace): Promise<Points> {
  switch (space) {
    case 'latent': {
      const latent = context.project.runs.latent(run.id);
      if (!latent)
        throw new LacunaError(
          'unsupported',
          `${run.name} has no latent: this method denoises only.`,
          'Choose the space "denoised" instead.',
        );
      return { values: latent.values, nDim: latent.nDim, nObs: latent.values.length / latent.nDim };
    }
    case 'denoised':
      return (await import('./denoised-points.ts')).denoisedPoints(context, run);
    case 'data':
      return (await import('./data-points.ts')).dataPoints(context, run);
  }
}
