import type { Colouring } from '../../../renderer/points/colouring.ts';

/** What the measured view is given, as a screen gives it. */
export class PointsState {
  colouring: Colouring = $state.raw({ kind: 'plain', colour: '#808080' });
  selected: Uint8Array | null = $state.raw(null);
  hovered = $state(-1);
}
