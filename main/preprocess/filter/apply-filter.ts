import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { AxisTable } from '../../dataset/dataset-source.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { grouped } from '../grouped-number.ts';
import { findMitochondrial } from '../quality/mitochondrial.ts';
import { qualityPerObs } from '../quality/obs-quality.ts';
import { qualityPerVar } from '../quality/var-quality.ts';
import type { Filter } from '../recipe.ts';
import { obsCriteria, varCriteria, type Criterion } from './criteria.ts';
import { passAll } from './pass-all.ts';
import { positionsOf } from './positions-of.ts';

/** Ascending positions of the observations and variables that stay. */
export interface Kept {
  obs: Uint32Array;
  var: Uint32Array;
}

/**
 * Observations are judged on all variables, then variables on the observations that stay.
 *
 * @throws LacunaError `bad-option` when nothing stays, or when a limit cannot be judged
 */
export function applyFilter(counts: CsrMatrix, variables: AxisTable, filter: Filter): Kept {
  const mitochondrial = findMitochondrial(variables);
  if (filter.obs.maxMitoPercent !== null && mitochondrial.nGenes === 0)
    throw new LacunaError(
      'bad-option',
      `The limit on the mitochondrial share cannot be applied. ${mitochondrial.note}`,
      'Take the limit away, or import gene symbols.',
    );
  const forObs = obsCriteria(filter.obs, qualityPerObs(counts, mitochondrial.mask));
  const keptObs = passAll(counts.nObs, forObs);
  const obs = positionsOf(keptObs);
  if (obs.length === 0) throw nothingLeft('cells', counts.nObs, forObs);
  const forVar = varCriteria(filter.var, qualityPerVar(counts, keptObs));
  const kept = positionsOf(passAll(counts.nVar, forVar));
  if (kept.length === 0) throw nothingLeft('genes', counts.nVar, forVar);
  return { obs, var: kept };
}

function nothingLeft(what: 'cells' | 'genes', n: number, criteria: Criterion[]): LacunaError {
  const each = criteria.map(({ text, keeps }) => {
    let kept = 0;
    for (let i = 0; i < n; i++) if (keeps(i)) kept++;
    return `"${text}" alone keeps ${grouped(kept)}`;
  });
  return new LacunaError(
    'bad-option',
    `The filter keeps none of the ${grouped(n)} ${what}${each.length > 0 ? `: ${each.join(', ')}` : ''}.`,
    'Loosen the limits.',
  );
}
