import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { DatasetFacts, Support } from '../method.ts';

/** Count models need the counts themselves. */
export function supportsCounts({ valueKind }: DatasetFacts): Support {
  if (valueKind === 'counts') return { ok: true };
  const what = valueKind === 'real' ? 'values below 0' : 'fractions';
  return {
    ok: false,
    reason: `A count model needs raw counts (whole numbers from 0), and this matrix holds ${what}: it has been normalised, scaled or corrected already. Import the raw counts of the dataset.`,
  };
}

/**
 * Looks at every count, and at a recipe under which predicted counts could not be handed out.
 *
 * @throws LacunaError `unsupported`
 */
export function checkCountInput({ counts, recipe }: Pick<ExpressionSource, 'counts' | 'recipe'>): void {
  const at = counts.values.findIndex((value) => !(value >= 0) || !Number.isInteger(value));
  if (at >= 0) {
    throw new LacunaError(
      'unsupported',
      `A count model needs whole numbers from 0, and the data hold ${counts.values[at]}.`,
      'Choose raw counts, and a protocol that leaves them counts (thinning or gene imputation, not added noise).',
    );
  }
  if (recipe.normalisation.scale === 'none') return;
  throw new LacunaError(
    'unsupported',
    'This recipe scales every gene, and expected counts have no place on that scale.',
    'Choose a recipe that scales no gene; the method scales its input by itself where it has to.',
  );
}
