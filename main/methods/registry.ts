import { LacunaError } from '../errors/lacuna-error.ts';
import { autoencoder } from './autoencoder/autoencoder.ts';
import type { Method } from './method.ts';
import { dca } from './dca/dca.ts';
import { geneNb, genePoisson } from './floors/gene-counts.ts';
import { knn } from './floors/knn.ts';
import { trainMean } from './floors/train-mean.ts';
import { ffn } from './inr/ffn.ts';
import { inrPca } from './inr/inr-pca.ts';
import { inrVae } from './inr/inr-vae.ts';
import { ngp } from './inr/ngp.ts';
import { siren } from './inr/siren.ts';
import { pca } from './pca/pca.ts';
import { stage } from './stage/stage.ts';
import { suica } from './suica/suica.ts';
import { vae } from './vae/vae.ts';
import { vsc } from './vsc/vsc.ts';
import { zipo } from './zipo/zipo.ts';

/** Every method, in the order in which it is offered. */
export const methods: readonly Method[] = [
  autoencoder,
  vae,
  vsc,
  zipo,
  dca,
  pca,
  suica,
  ffn,
  siren,
  ngp,
  inrPca,
  inrVae,
  stage,
  trainMean,
  knn,
  geneNb,
  genePoisson,
] as unknown as readonly Method[];

/** @throws LacunaError `not-found` with the known ids */
export function getMethod(id: string): Method {
  const method = methods.find((candidate) => candidate.id === id);
  if (method) return method;
  const known = methods.map((candidate) => candidate.id);
  throw new LacunaError('not-found', `There is no method '${id}'.`, `Known methods: ${known.join(', ')}.`, { known });
}

export { describeMethod, type FieldDescription, type MethodDescription } from './describe-method.ts';
export { getPreset, resolveParameters } from './resolve-parameters.ts';
