import { FONT_SIZE, layFigure, type Figure, type FigureItem, type SavedPicture } from './figure-items.ts';

/** The points of the figure, compressed without loss. */
export interface PdfImage {
  /** Red, green, blue of each pixel, row by row, in the zlib format. */
  deflated: Uint8Array;
  width: number;
  height: number;
}

const INK = '0.122 0.137 0.157';
/** Points of 1/72 inch in a CSS pixel. */
const POINT = 0.75;

/**
 * The figure as a PDF of one page as large as it is: the points as an image, lines as lines, and words as text in
 * Helvetica, which every reader has (PDF 1.7, ISO 32000-1, 9.6.2.2), so that they can be searched and changed. Letters
 * beyond Western European ones become question marks.
 */
export function picturePdf(picture: SavedPicture, image: PdfImage): Uint8Array<ArrayBuffer> {
  const figure = layFigure(picture);
  const content = latin1(pageContent(figure));
  const [width, height] = [figure.width * POINT, figure.height * POINT];
  return pdfFile(
    [
      latin1('<< /Type /Catalog /Pages 2 0 R >>'),
      latin1('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
      latin1(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${short(width)} ${short(height)}] /Contents 4 0 R ` +
          '/Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /Im 7 0 R >> >> >>',
      ),
      stream('', content),
      font('Helvetica'),
      font('Helvetica-Bold'),
      stream(
        `/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} ` +
          '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode ',
        image.deflated,
      ),
      latin1(`<< /Title ${literal(figure.title)} /Creator (Lacuna) >>`),
    ],
    8,
  );
}

/** The page in CSS pixels with y downwards, as the figure was laid out. */
function pageContent({ height, items }: Figure): string {
  const lines = [`${POINT} 0 0 -${POINT} 0 ${short(height * POINT)} cm`, ...items.map(drawn)];
  return lines.join('\n');
}

function drawn(item: FigureItem): string {
  switch (item.kind) {
    case 'image':
      // Images stand on their lower edge.
      return `q ${short(item.width)} 0 0 -${short(item.height)} 0 ${short(item.height)} cm /Im Do Q`;
    case 'line': {
      const path = item.points.map(([x, y], i) => `${short(x)} ${short(y)} ${i === 0 ? 'm' : 'l'}`).join(' ');
      return `${INK} RG 1.5 w ${path} S`;
    }
    case 'dot':
      return disc(item.x, item.y, item.r, item.fill);
    case 'text': {
      const width = item.middle ? textWidth(item.words) : 0;
      const [x, y] = [item.x - width / 2, item.y];
      // The page is upside down; letters are not.
      return `BT ${INK} rg /${item.bold ? 'F2' : 'F1'} ${FONT_SIZE} Tf 1 0 0 -1 ${short(x)} ${short(y)} Tm ${literal(item.words)} Tj ET`;
    }
    case 'ramp': {
      const step = item.height / item.stops.length;
      // Each band reaches a little under the next, so that no reader shows seams.
      return item.stops
        .map((colour, i) => {
          const tall = i === item.stops.length - 1 ? step : step * 1.5;
          return `${rgb(colour)} rg ${short(item.x)} ${short(item.y + i * step)} ${item.width} ${short(tall)} re f`;
        })
        .join('\n');
    }
    case 'point':
      return disc(item.x, item.y, item.size / 2, item.fill);
  }
}

/** A circle of four Bézier curves. */
function disc(x: number, y: number, r: number, fill: string): string {
  const k = 0.5523 * r;
  const at = (dx: number, dy: number): string => `${short(x + dx)} ${short(y + dy)}`;
  return [
    `${rgb(fill)} rg ${at(r, 0)} m`,
    `${at(r, k)} ${at(k, r)} ${at(0, r)} c`,
    `${at(-k, r)} ${at(-r, k)} ${at(-r, 0)} c`,
    `${at(-r, -k)} ${at(-k, -r)} ${at(0, -r)} c`,
    `${at(k, -r)} ${at(r, -k)} ${at(r, 0)} c f`,
  ].join(' ');
}

/** Helvetica's widths of what stands on scale bars, in thousandths (Adobe's font metrics); 556 for other letters. */
const WIDTHS: Record<string, number> = { ' ': 278, '.': 278, m: 833, µ: 576, p: 556, i: 222, x: 500 };

function textWidth(words: string): number {
  return ([...words].reduce((sum, letter) => sum + (WIDTHS[letter] ?? 556), 0) * FONT_SIZE) / 1000;
}

function rgb(colour: string): string {
  return [1, 3, 5].map((at) => short(parseInt(colour.slice(at, at + 2), 16) / 255)).join(' ');
}

/** Codes of Windows-1252 that differ from Latin-1, as far as they stand in figures. */
const WINDOWS: Record<string, number> = { '…': 0x85, '–': 0x96, '—': 0x97, '‘': 0x91, '’': 0x92, '“': 0x93, '”': 0x94 };

/** A string of PDF in WinAnsiEncoding. */
function literal(words: string): string {
  let out = '(';
  for (const letter of words.replaceAll('μ', 'µ').replaceAll('−', '–')) {
    const code = WINDOWS[letter] ?? letter.codePointAt(0) ?? 63;
    if (code > 255) out += '?';
    else if (letter === '(' || letter === ')' || letter === '\\') out += `\\${letter}`;
    else if (code < 32 || code > 126) out += `\\${code.toString(8).padStart(3, '0')}`;
    else out += letter;
  }
  return `${out})`;
}

function font(name: string): Uint8Array {
  return latin1(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`);
}

function stream(entries: string, bytes: Uint8Array): Uint8Array {
  return joined([latin1(`<< ${entries}/Length ${bytes.length} >>\nstream\n`), bytes, latin1('\nendstream')]);
}

/** Objects, the table of where each begins, and the end (ISO 32000-1, 7.5). */
function pdfFile(objects: readonly Uint8Array[], info: number): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [latin1('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')];
  const starts: number[] = [];
  let length = parts[0].length;
  objects.forEach((object, i) => {
    const part = joined([latin1(`${i + 1} 0 obj\n`), object, latin1('\nendobj\n')]);
    starts.push(length);
    length += part.length;
    parts.push(part);
  });
  const places = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    latin1(
      `xref\n0 ${size}\n0000000000 65535 f \n${places}trailer\n<< /Size ${size} /Root 1 0 R /Info ${info} 0 R >>\n` +
        `startxref\n${length}\n%%EOF\n`,
    ),
  );
  return joined(parts);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function short(number: number): string {
  return String(Math.round(number * 1000) / 1000);
}
