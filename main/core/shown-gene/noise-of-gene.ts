import { setImmediate } from 'node:timers/promises';
import { Random } from '../../engine/random/random.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';

/** More draws than this take minutes. */
const MOST_DRAWS = 1e9;
/** Draws after which others get their turn: a few hundredths of a second. */
const AT_ONCE = 500_000;

/**
 * The noise that `NoisyExpression` puts on one gene: [obsIndex]. The draws of a spot run through its genes in order, so
 * those before the gene are made as well.
 *
 * @param position of the gene in the run
 * @throws LacunaError `unsupported` where that would take minutes
 */
export async function noiseOfGene(
  obsIndex: Uint32Array,
  position: number,
  { sd, seed }: { sd: number; seed: number },
): Promise<Float32Array> {
  if (obsIndex.length * (position + 1) > MOST_DRAWS)
    throw new LacunaError(
      'unsupported',
      'The noise on this gene is not kept, and drawing it again would take minutes in a dataset of this size.',
      'Choose a gene that stands earlier in the dataset.',
    );
  const draws = new Float32Array(position + 1);
  const out = new Float32Array(obsIndex.length);
  let sinceBreath = 0;
  for (let i = 0; i < obsIndex.length; i++) {
    out[i] = Random.from(seed, `noise ${obsIndex[i]}`).fillNormal(draws, sd)[position];
    sinceBreath += draws.length;
    if (sinceBreath > AT_ONCE) {
      sinceBreath = 0;
      await setImmediate();
    }
  }
  return out;
}
