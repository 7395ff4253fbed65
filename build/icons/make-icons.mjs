/**
 * Makes the icons of the packages from icon.svg (a copy of the window's own picture):
 *
 *     node build/icons/make-icons.mjs
 *
 * Needs `rsvg-convert` (librsvg) for the pictures; the Windows and macOS files are only containers of PNG and are written
 * here. The results are committed, so nobody needs to run this who does not change the picture.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));

/** @param {number} size @returns {Buffer} a PNG of that width and height, pixels */
function png(size) {
  const { status, stdout, stderr, error } = spawnSync(
    'rsvg-convert',
    ['--width', String(size), '--height', String(size), join(folder, 'icon.svg')],
    { maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`rsvg-convert failed: ${error?.message ?? stderr.toString()}`);
  return stdout;
}

/**
 * Windows icon: a directory of PNG pictures (accepted since Windows Vista).
 *
 * @param {number[]} sizes
 */
function ico(sizes) {
  const pictures = sizes.map(png);
  const header = Buffer.alloc(6 + 16 * sizes.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(sizes.length, 4);
  let offset = header.length;
  pictures.forEach((picture, i) => {
    const at = 6 + 16 * i;
    header.writeUInt8(sizes[i] % 256, at);
    header.writeUInt8(sizes[i] % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(picture.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  });
  return Buffer.concat([header, ...pictures]);
}

/**
 * macOS icon: chunks of PNG under the names that tell their size.
 *
 * @param {Record<string, number>} sizes by name
 */
function icns(sizes) {
  const chunks = Object.entries(sizes).map(([name, size]) => {
    const picture = png(size);
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(picture.length + 8, 4);
    return Buffer.concat([head, picture]);
  });
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

const linux = join(folder, 'linux');
mkdirSync(linux, { recursive: true });
for (const size of [16, 32, 48, 64, 128, 256, 512]) writeFileSync(join(linux, `${size}x${size}.png`), png(size));
writeFileSync(join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256]));
writeFileSync(
  join(folder, 'icon.icns'),
  icns({ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }),
);
