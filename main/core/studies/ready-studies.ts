import { LacunaError } from '../../errors/lacuna-error.ts';
import { citeseqVae } from './citeseq-vae.ts';
import { pbmc3kReport } from './pbmc3k-report.ts';
import type { ReadyStudy } from './ready-study.ts';

/** Every ready-made study, in the order in which it is offered. */
export const readyStudies: readonly ReadyStudy[] = [pbmc3kReport, citeseqVae];

/** @throws LacunaError `not-found` with the known ids */
export function getReadyStudy(id: string): ReadyStudy {
  const study = readyStudies.find((candidate) => candidate.id === id);
  if (study) return study;
  const known = readyStudies.map((candidate) => candidate.id);
  throw new LacunaError('not-found', `There is no study '${id}'.`, `Known studies: ${known.join(', ')}.`, { known });
}
