import { unitOfMicrometres } from './scale-bar.ts';

interface WithPositions {
  obsm: readonly { name: string; unit: string }[];
  spatial: { obsm: string; micrometresPerUnit: number | null } | null;
}

/**
 * The unit of some positions of a dataset: what the layout of the tissue (or the person) says of them, else what came with
 * the array; '' where it is not known or says nothing of lengths.
 */
export function positionUnit({ obsm, spatial }: WithPositions, name: string): string {
  if (spatial?.obsm === name && spatial.micrometresPerUnit !== null)
    return unitOfMicrometres(spatial.micrometresPerUnit);
  const unit = obsm.find((array) => array.name === name)?.unit ?? '';
  return unit === 'array' ? '' : unit;
}
