import { MISSING_COLOUR } from '../../../main/contract/palettes/categorical.ts';
import type { DatasetInfo } from '../../app/project.svelte.ts';
import type { PointsLook } from '../../points/points-scene.ts';
import type { TissueLook } from './tissue-look.svelte.ts';

/** What has no value: a grey that no palette uses, near the ground. */
export function missingColour(isDark: boolean): string {
  return isDark ? '#3d464f' : MISSING_COLOUR;
}

/** How points that are not a map of tissue are drawn. */
export function plainLook(isDark: boolean, sizeFactor: number, yDown: boolean): PointsLook {
  return {
    yDown,
    sizeFactor,
    trueSize: null,
    square: false,
    background: isDark ? '#14181c' : '#ffffff',
    missing: missingColour(isDark),
  };
}

/** How a map of tissue is drawn: what the files say of it, and what the person chose. */
export function mapLook(layout: DatasetInfo['spatial'], look: TissueLook, isDark: boolean, sizeFactor = 1): PointsLook {
  const isPictured = look.image !== '' && (layout?.images.length ?? 0) > 0;
  return {
    ...plainLook(isDark, sizeFactor, layout?.yDown ?? true),
    trueSize: look.trueSize ? (layout?.spotSize ?? null) : null,
    square: layout?.spotShape === 'square',
    view: look.view,
    opacity: look.opacity,
    brightness: look.brightness,
    outlineColour: look.borders ? (isDark && !isPictured ? '#aab4bd' : '#4a545e') : null,
    fillOutlines: look.fill,
  };
}
