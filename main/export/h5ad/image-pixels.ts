import { convertIndexedToRgb, decode } from 'fast-png';

/** A picture as scanpy keeps it. */
export interface ImagePixels {
  width: number;
  height: number;
  /** 3 or 4: colours, and opacity where the picture has it */
  channels: number;
  /** [height, width, channels], 0 to 255 */
  data: Uint8Array;
}

/** The pixels of a PNG of any kind as RGB or RGBA of 8 bits. @throws Error when it is damaged */
export function imagePixels(png: Uint8Array): ImagePixels {
  const picture = decode(png);
  const { width, height } = picture;
  if (picture.palette) {
    const data = Uint8Array.from(convertIndexedToRgb(picture));
    return { width, height, channels: data.length / (width * height), data };
  }
  const { channels, depth } = picture;
  const toByte = 255 / (2 ** depth - 1);
  const source = depth === 8 ? picture.data : Uint8Array.from(picture.data, (value) => Math.round(value * toByte));
  if (channels >= 3) return { width, height, channels, data: source as Uint8Array };
  const wide = channels + 2; // grey becomes three equal colours
  const data = new Uint8Array(width * height * wide);
  for (let i = 0; i < width * height; i++) {
    data.fill(source[i * channels], i * wide, i * wide + 3);
    if (channels === 2) data[i * wide + 3] = source[i * channels + 1];
  }
  return { width, height, channels: wide, data };
}
