import { FONT_SIZE, layFigure, type FigureItem, type SavedPicture } from './figure-items.ts';

const INK = '#1f2328';
const FONT = 'Inter, Helvetica, Arial, sans-serif';

/** The figure as SVG: lines, words and, where they are given, points that a drawing program can change. */
export function pictureSvg(picture: SavedPicture): string {
  const { title, width, height, items } = layFigure(picture);
  const mm = (pixels: number): string => `${short((pixels * 25.4) / 96)}mm`;
  return [
    `<svg width="${mm(width)}" height="${mm(height)}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg" version="1.1" role="img" font-family="${FONT}" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...items.map(drawn),
    '</svg>',
    '',
  ].join('\n');
}

function drawn(item: FigureItem): string {
  switch (item.kind) {
    case 'image':
      return `<image x="0" y="0" width="${short(item.width)}" height="${short(item.height)}" href="${item.href}"/>`;
    case 'point':
      return point(item);
    case 'line': {
      const path = item.points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('');
      return `<path d="${path}" fill="none" stroke="${INK}" stroke-width="1.5"/>`;
    }
    case 'dot':
      return `<circle cx="${short(item.x)}" cy="${short(item.y)}" r="${item.r}" fill="${item.fill}"/>`;
    case 'text': {
      const more = `${item.bold ? ' font-weight="600"' : ''}${item.middle ? ' text-anchor="middle"' : ''}`;
      return `<text x="${short(item.x)}" y="${short(item.y)}" font-size="${FONT_SIZE}"${more}>${escaped(item.words)}</text>`;
    }
    case 'ramp':
      return ramp(item);
  }
}

function point({ x, y, size, fill, opacity, square }: FigureItem & { kind: 'point' }): string {
  const pale = opacity < 1 ? ` fill-opacity="${short(opacity)}"` : '';
  if (square === null)
    return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(size / 2)}" fill="${fill}"${pale}/>`;
  const turn = square % 90 === 0 ? '' : ` transform="rotate(${short(square)} ${short(x)} ${short(y)})"`;
  return `<rect x="${short(x - size / 2)}" y="${short(y - size / 2)}" width="${short(size)}" height="${short(size)}" fill="${fill}"${pale}${turn}/>`;
}

function ramp({ x, y, width, height, stops }: FigureItem & { kind: 'ramp' }): string {
  const colours = stops.map((colour, i) => {
    const offset = short((100 * i) / Math.max(1, stops.length - 1));
    return `<stop offset="${offset}%" stop-color="${colour}"/>`;
  });
  return [
    `<defs><linearGradient id="scale" x1="0" y1="0" x2="0" y2="1">${colours.join('')}</linearGradient></defs>`,
    `<rect x="${short(x)}" y="${y}" width="${width}" height="${height}" fill="url(#scale)"/>`,
  ].join('\n');
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function short(number: number): string {
  return String(Math.round(number * 100) / 100);
}
