import regularFont from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';

let fontRule: Promise<string> | null = null;

/** Inter as a rule of a style sheet that needs no file; '' where it cannot be read. */
function interRule(): Promise<string> {
  fontRule ??= fetch(regularFont)
    .then((response) => response.blob())
    .then(dataUrl)
    .then((url) => `@font-face{font-family:Inter;font-weight:100 900;src:url(${url}) format('woff2')}`)
    .catch(() => '');
  return fontRule;
}

async function dataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `data:font/woff2;base64,${btoa(binary)}`;
}

/** The figure with its font inside: a picture of its own sees no fonts of the page. */
export async function withFont(svg: string): Promise<string> {
  const rule = await interRule();
  return rule === '' ? svg : svg.replace(/(<svg[^>]*>)/, (head) => `${head}<style>${rule}</style>`);
}

/** Size in pixels of 1/96 inch, from the `viewBox`. */
export function figureSize(svg: string): { width: number; height: number } {
  const found = /<svg[^>]*\sviewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  if (found === null) throw new Error('The figure has no size.');
  return { width: Number(found[1]), height: Number(found[2]) };
}

/** Browsers draw no canvas beyond this. */
const MAX_SIDE = 16_000;

/** The figure as pixels, `dpi` to the inch. @throws Error in plain words when it would be too large */
export async function figureCanvas(svg: string, dpi: number): Promise<HTMLCanvasElement> {
  const { width, height } = figureSize(svg);
  const scale = dpi / 96;
  if (Math.max(width, height) * scale > MAX_SIDE)
    throw new Error(
      `At ${dpi} dpi this figure has more than ${MAX_SIDE.toLocaleString('en-US')} pixels on a side. Choose fewer dpi, or SVG.`,
    );
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const sized = (await withFont(svg)).replace(
    /<svg width="[^"]*" height="[^"]*"/,
    `<svg width="${canvas.width}" height="${canvas.height}"`,
  );
  const url = URL.createObjectURL(new Blob([sized], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  } finally {
    URL.revokeObjectURL(url);
  }
  return canvas;
}

/** The figure as PNG that says its resolution, so that it is placed at its size. */
export async function figurePng(svg: string, dpi: number): Promise<Blob> {
  const canvas = await figureCanvas(svg, dpi);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser could not draw the figure at this size. Choose fewer dpi, or SVG.');
  return new Blob([withResolution(new Uint8Array(await blob.arrayBuffer()), dpi)], { type: 'image/png' });
}

/** The same PNG with its pixels per metre (`pHYs`, PNG specification 11.3.4.3), which a canvas leaves out. */
export function withResolution(png: Uint8Array<ArrayBuffer>, dpi: number): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  const perMetre = Math.round(dpi / 0.0254);
  view.setUint32(0, 9);
  chunk.set([0x70, 0x48, 0x59, 0x73], 4);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  chunk[16] = 1;
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  // Signature (8) and header chunk (25) come first.
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, 33));
  out.set(chunk, 33);
  out.set(png.subarray(33), 33 + chunk.length);
  return out;
}

/** CRC-32 as the PNG specification has it (annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The points of an embedding figure: groups of circles of one colour, one after the other. */
const POINTS = /(?:<g fill="[^"]+">\n(?:<circle [^>]*\/>\n)+<\/g>\n?)+/;

/** How many cells are drawn as circles of their own. */
export function pointCount(svg: string): number {
  return (POINTS.exec(svg)?.[0] ?? '').split('<circle ').length - 1;
}

/**
 * The figure with its points as one picture and everything else as it was: words stay text, and a drawing program opens
 * a million cells as easily as ten.
 */
export async function withPointsAsPicture(svg: string, dpi: number): Promise<string> {
  const found = POINTS.exec(svg);
  if (found === null) return svg;
  const { width, height } = figureSize(svg);
  const head = /<svg[^>]*>/.exec(svg)![0];
  const canvas = await figureCanvas(`${head}${found[0]}</svg>`, dpi);
  const image = `<image x="0" y="0" width="${width}" height="${height}" href="${canvas.toDataURL('image/png')}"/>\n`;
  return svg.slice(0, found.index) + image + svg.slice(found.index + found[0].length);
}
