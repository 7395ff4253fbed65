import { scalePositions } from '../inr/position-scale.ts';
import type { TissuePositions } from '../inr/tissue-positions.ts';

/** Positions from 0 to 1 instead of −1 to 1: STAGE's losses weigh positions on that scale. */
export function unitSquare(positions: TissuePositions): TissuePositions {
  const { centre, half } = positions.scale;
  const toUnit = { centre: centre.map(() => -1), half: half.map(() => 2) };
  return {
    ...positions,
    scale: { centre: centre.map((value, d) => value - half[d]), half: half.map((value) => 2 * value) },
    training: scalePositions(toUnit, positions.training),
    unseen: positions.unseen && scalePositions(toUnit, positions.unseen),
    spacing: positions.spacing / 2,
  };
}
