import { AS_IT_IS, type PlaneView } from '../../points/plane-view.ts';
import type { DatasetInfo } from '../../app/project.svelte.ts';

/** How the maps of one dataset's tissue are drawn, besides their colours. */
export class TissueLook {
  view = $state.raw<PlaneView>(AS_IT_IS);
  /** Name of the picture beneath; '' for none. */
  image = $state('');
  /** 1 as it is, 0 black, 2 white. */
  brightness = $state(1);
  /** Of the spots, 0 … 1. */
  opacity = $state(1);
  /** Spots as large as they are in the tissue, where that is known. */
  trueSize = $state(true);
  borders = $state(true);
  /** Cells as areas within their borders, in place of spots. */
  fill = $state(false);

  /** @param layout null: nothing is known of the tissue */
  constructor(layout: DatasetInfo['spatial']) {
    // The finest picture comes first.
    this.image = layout?.images[0]?.name ?? '';
    this.fill = layout?.hasBorders ?? false;
  }
}
