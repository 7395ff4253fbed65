import { MISSING_COLOUR } from '../../../main/contract/palettes/categorical.ts';
import { paletteColour } from '../../../main/contract/palettes/continuous.ts';
import { scaleBar } from '../../../main/contract/words/scale-bar.ts';
import { formatFigure } from '../../design/format.ts';
import type { Colouring } from '../../points/colouring.ts';
import type { PointsScene } from '../../points/points-scene.ts';
import { figurePng } from '../export/figure-svg.ts';
import type { explore } from './explore.svelte.ts';
import type { Pane } from './pane.svelte.ts';
import { hasOwnScale, ownPalette } from './count-kinds.ts';
import { valuesTitle } from './values-words.ts';
import { axisNames } from './picture-choices.ts';
import type { SavedPicture } from './figure-items.ts';
import { picturePdf, type PdfImage } from './picture-pdf.ts';
import { pictureSvg } from './picture-svg.ts';
import { saveFile } from './save-file.ts';

/** `shapes`: every spot is a shape of its own. */
export type PictureFormat = { kind: 'svg' } | { kind: 'shapes' } | { kind: 'pdf' } | { kind: 'png'; dpi: number };

/** More spots than this make a drawing program slow. */
export const MOST_SHAPES = 5000;

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
  const times = format.kind === 'png' ? Math.max(1, format.dpi / 96) : TIMES;
  const paper = { background: '#ffffff', missing: MISSING_COLOUR, colouring };
  // Canvases have no more pixels for a screen of a high resolution than they are asked for.
  const canvas = scene.picture(times / window.devicePixelRatio, paper, format.kind !== 'shapes');
  const { width, height } = scene;
  const axes = pane.picture === null || scene.nDim === 3 ? [] : axisNames(pane.picture);
  const picture: SavedPicture = {
    title,
    width,
    height,
    points: format.kind === 'pdf' ? '' : canvas.toDataURL('image/png'),
    shapes: format.kind === 'shapes' ? scene.shapes(colouring, MISSING_COLOUR) : undefined,
    axes: axes.length === 2 ? [axes[0], axes[1]] : null,
    bar: scaleBar(scene.scale, pane.unit, Math.min(140, width / 3)),
    legend: legendOf(shared, pane),
  };
  if (format.kind === 'pdf') {
    const pdf = picturePdf(picture, await deflatedImage(canvas));
    saveFile(`${title}.pdf`, new Blob([pdf], { type: 'application/pdf' }));
  } else if (format.kind === 'png') saveFile(`${title}.png`, await figurePng(pictureSvg(picture), format.dpi));
  else saveFile(`${title}.svg`, new Blob([pictureSvg(picture)], { type: 'image/svg+xml' }));
}

async function deflatedImage(canvas: HTMLCanvasElement): Promise<PdfImage> {
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
  const rgb = new Uint8Array(3 * width * height);
  for (let at = 0, to = 0; at < pixels.length; at += 4) {
    rgb[to++] = pixels[at];
    rgb[to++] = pixels[at + 1];
    rgb[to++] = pixels[at + 2];
  }
  const deflated = new Blob([rgb]).stream().pipeThrough(new CompressionStream('deflate'));
  return { deflated: new Uint8Array(await new Response(deflated).arrayBuffer()), width, height };
}

function legendOf(shared: typeof explore, pane: Pane): SavedPicture['legend'] {
  if (shared.isNumeric) {
    const { numberLabel } = shared;
    const isGene = shared.colour.kind === 'gene';
    const isOwn = isGene && hasOwnScale(pane.shows);
    const palette = isOwn ? ownPalette(pane.shows) : shared.palette;
    const range = isOwn ? shared.ownScaleOf(pane.shows) : shared.range;
    return {
      kind: 'numbers',
      heading: numberLabel.label,
      unit: isGene ? valuesTitle(numberLabel.unit, pane.shows, pane.isTested) : numberLabel.unit,
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
