import { paletteColour } from '../../../main/contract/palettes/continuous.ts';
import { formatFigure } from '../../design/format.ts';
import type { PointsScene } from '../../points/points-scene.ts';
import type { explore } from './explore.svelte.ts';
import { saveFile } from './save-file.ts';

/** Pixels of the file for one of the screen, each way. */
const TIMES = 3;
const FONT = "'Inter Variable', system-ui, sans-serif";
const ROW = 20;

/** Saves what is seen, with its legend, as a PNG on white. Figures as vectors with words as text come from Export. */
export async function savePicture(scene: PointsScene, title: string, shared: typeof explore): Promise<void> {
  const picture = scene.picture(TIMES, '#ffffff');
  const unit = picture.width / scene.width;
  const rows = legendRows(shared);
  const legendWidth = shared.colour.kind === 'none' ? 0 : 210;
  const canvas = document.createElement('canvas');
  canvas.width = picture.width + legendWidth * unit;
  canvas.height = Math.max(picture.height, (rows.length + 3) * ROW * unit);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gave no canvas to draw on.');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  context.scale(unit, unit);
  context.translate(scene.width + 12, 24);
  if (legendWidth > 0) {
    if (shared.isNumeric) drawScale(context, shared);
    else drawGroups(context, rows, shared.groups?.label ?? '');
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The picture is too large to be saved. Make the window smaller and try again.');
  saveFile(`${title}.png`, blob);
}

interface LegendRow {
  text: string;
  colour: string;
}

function legendRows({ groups, hiddenCodes, isNumeric }: typeof explore): LegendRow[] {
  if (groups === null || isNumeric) return [];
  return groups.order
    .filter(({ code }) => !hiddenCodes.has(code))
    .map(({ code }) => ({ text: groups.categories[code], colour: groups.colours[code] }));
}

function drawGroups(context: CanvasRenderingContext2D, rows: LegendRow[], label: string): void {
  context.fillStyle = '#1b2228';
  context.font = `650 13px ${FONT}`;
  context.fillText(label, 0, 0, 190);
  context.font = `13px ${FONT}`;
  rows.forEach(({ text, colour }, i) => {
    const y = (i + 1) * ROW;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(5, y - 4, 5, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#1b2228';
    context.fillText(text, 18, y, 172);
  });
}

function drawScale(context: CanvasRenderingContext2D, { numberLabel, palette, range }: typeof explore): void {
  context.fillStyle = '#1b2228';
  context.font = `650 13px ${FONT}`;
  context.fillText(numberLabel.label, 0, 0, 190);
  context.font = `12px ${FONT}`;
  if (numberLabel.unit) context.fillText(numberLabel.unit, 0, 16, 190);
  const height = 140;
  for (let y = 0; y < height; y++) {
    context.fillStyle = paletteColour(palette, 1 - y / (height - 1));
    context.fillRect(0, 28 + y, 14, 1.5);
  }
  context.fillStyle = '#1b2228';
  context.fillText(formatFigure(range.max), 20, 36);
  context.fillText(formatFigure(range.min), 20, 28 + height);
}
