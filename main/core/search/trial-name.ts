import type { z } from 'zod';
import { describeField } from '../../methods/describe-method.ts';
import type { Method } from '../../methods/method.ts';
import type { TrialInfo } from '../../projects/project.types.ts';

/** 'ZiPo · trial 3 · Encoder layers 512-256-128, Penalty on dropout (α_z) 0.12': what a run of a search is called. */
export function trialName(method: Method, { number, parameters }: Pick<TrialInfo, 'number' | 'parameters'>): string {
  const shape = method.parameters.shape as Record<string, z.ZodType>;
  const settings = Object.entries(parameters).map(
    ([key, value]) => `${describeField(key, shape[key]).label} ${String(value)}`,
  );
  return [method.title, `trial ${number + 1}`, settings.join(', ')].join(' · ');
}
