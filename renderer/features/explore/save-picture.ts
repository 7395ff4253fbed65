import { MISSING_COLOUR } from '../../../main/contract/palettes/categorical.ts';
import { paletteColour } from '../../../main/contract/palettes/continuous.ts';
import { scaleBar } from '../../../main/contract/words/scale-bar.ts';
import { formatFigure } from '../../design/format.ts';
import type { Colouring } from '../../points/colouring.ts';
import type { PointsScene } from '../../points/points-scene.ts';
import { figurePng } from '../export/figure-svg.ts';
import type { explore } from './explore.svelte.ts';
import type { Pane } from './pane.svelte.ts';
import { axisNames } from './picture-choices.ts';
import { pictureSvg, type SavedPicture } from './picture-svg.ts';
import { saveFile } from './save-file.ts';

export type PictureFormat = { kind: 'svg' } | { kind: 'png'; dpi: number };

/** Pixels of the points for one of the screen where words stay vectors: 384 to the inch. */
const TIMES = 4;
const STOPS = 24;

/** Saves what is seen on white, with its axes or scale bar and its legend. */
export async function savePicture(
  pane: Pane,
  scene: PointsScene,
  title: string,
  shared: typeof explore,
  /** The colours on paper. */
  colouring: Colouring,
  format: PictureFormat,
): Promise<void> {
  const times = format.kind === 'svg' ? TIMES : Math.max(1, format.dpi / 96);
  // Canvases have no more pixels for a screen of a high resolution than they are asked for.
  const points = scene
    .picture(times / window.devicePixelRatio, { background: '#ffffff', missing: MISSING_COLOUR, colouring })
    .toDataURL('image/png');
  const { width, height } = scene;
  const axes = pane.picture === null || scene.nDim === 3 ? [] : axisNames(pane.picture);
  const svg = pictureSvg({
    title,
    width,
    height,
    points,
    axes: axes.length === 2 ? [axes[0], axes[1]] : null,
    bar: scaleBar(scene.scale, pane.unit, Math.min(140, width / 3)),
    legend: legendOf(shared),
  });
  const content = format.kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await figurePng(svg, format.dpi);
  saveFile(`${title}.${format.kind}`, content);
}

function legendOf(shared: typeof explore): SavedPicture['legend'] {
  if (shared.isNumeric) {
    const { palette, range, numberLabel } = shared;
    return {
      kind: 'numbers',
      heading: numberLabel.label,
      unit: numberLabel.unit,
      stops: Array.from({ length: STOPS }, (_, i) => paletteColour(palette, 1 - i / (STOPS - 1))),
      least: formatFigure(range.min),
      most: formatFigure(range.max),
    };
  }
  const { groups, hiddenCodes, colour } = shared;
  if (groups === null || colour.kind === 'none') return null;
  const rows = groups.order
    .filter(({ code }) => !hiddenCodes.has(code))
    .map(({ code }) => ({ text: groups.categories[code], colour: groups.colours[code] }));
  return { kind: 'groups', heading: groups.label, rows };
}
