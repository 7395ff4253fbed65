import { LacunaError } from '../errors/lacuna-error.ts';
import { explainAutoencoder } from './autoencoder/explain.ts';
import { explainDca } from './dca/explain.ts';
import type { Explanation } from './explanation.ts';
import { explainGeneNb, explainGenePoisson, explainKnn, explainTrainMean } from './floors/explain.ts';
import { explainFfn, explainInrPca, explainInrVae, explainNgp, explainSiren } from './inr/explain.ts';
import { explainPca } from './pca/explain.ts';
import { explainStage } from './stage/explain.ts';
import { explainSuica } from './suica/explain.ts';
import { explainVae } from './vae/explain.ts';
import { explainVsc } from './vsc/explain.ts';
import { explainZipo } from './zipo/explain.ts';

/** Every method in plain words, by its id. */
const explanations: Record<string, Explanation> = {
  ae: explainAutoencoder,
  vae: explainVae,
  vsc: explainVsc,
  zipo: explainZipo,
  dca: explainDca,
  pca: explainPca,
  suica: explainSuica,
  ffn: explainFfn,
  siren: explainSiren,
  ngp: explainNgp,
  'inr-pca': explainInrPca,
  'inr-vae': explainInrVae,
  stage: explainStage,
  'train-mean': explainTrainMean,
  'knn-10': explainKnn,
  'gene-nb': explainGeneNb,
  'gene-poisson': explainGenePoisson,
};

/** @throws LacunaError `not-found` */
export function explainMethod(id: string): Explanation {
  const explanation = explanations[id];
  if (explanation) return explanation;
  throw new LacunaError('not-found', `The method '${id}' has no explanation.`, 'See `lacuna methods` for the methods.');
}
