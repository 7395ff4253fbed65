import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** Spots beside the tissue, which Space Ranger marks and the import leaves out. */
const BESIDE_TISSUE = 20;

/** A folder as Space Ranger 2 writes it: the matrix, positions, scale factors and a picture. */
export function makeVisiumFolder(folder: string, matrixH5: string, barcodes: readonly string[]): void {
  const spatial = join(folder, 'outs', 'spatial');
  mkdirSync(spatial, { recursive: true });
  copyFileSync(matrixH5, join(folder, 'outs', 'filtered_feature_bc_matrix.h5'));
  const lines = barcodes.map((barcode, i) => {
    const [row, column] = [Math.floor(i / 20), (i % 20) * 2 + (Math.floor(i / 20) % 2)];
    return [barcode, i < BESIDE_TISSUE ? 0 : 1, row, column, 200 + row * 120, 200 + column * 69].join(',');
  });
  const heading = 'barcode,in_tissue,array_row,array_col,pxl_row_in_fullres,pxl_col_in_fullres';
  writeFileSync(join(spatial, 'tissue_positions.csv'), [heading, ...lines, ''].join('\n'));
  const scale = { spot_diameter_fullres: 89.4, tissue_hires_scalef: 0.1, tissue_lowres_scalef: 0.05 };
  writeFileSync(join(spatial, 'scalefactors_json.json'), JSON.stringify(scale));
  writeFileSync(join(spatial, 'tissue_hires_image.png'), greyPng(320, 220));
}

/** A chip of 200 × 200 DNB with molecules of 30 genes everywhere. */
export function makeGem(path: string): void {
  const lines = ['geneID\tx\ty\tMIDCount'];
  for (let x = 0; x < 200; x += 4)
    for (let y = 0; y < 200; y += 4) lines.push(`Gene${(x / 4 + y / 2) % 30}\t${x}\t${y}\t${1 + ((x + y) % 3)}`);
  writeFileSync(path, [...lines, ''].join('\n'));
}

/** Counts with genes in rows, and where the beads lie under headings that say nothing; one bead has no position. */
export function makeTables(countsPath: string, placesPath: string): void {
  const beads = Array.from(
    { length: 60 },
    (_, i) => `ACGTACGT${'ACGT'[i % 4]}${'ACGT'[(i >> 2) % 4]}${'ACGT'[i >> 4]}`,
  );
  const rows = Array.from({ length: 25 }, (_, g) =>
    [`"Gene${g}"`, ...beads.map((_, b) => ((g * 5 + b * 3) % 7 === 0 ? 1 + ((g + b) % 4) : 0))].join(','),
  );
  writeFileSync(countsPath, [`"",${beads.map((bead) => `"${bead}"`).join(',')}`, ...rows, ''].join('\n'));
  const places = beads.map((bead, i) => {
    const place = i === 7 ? 'NA;NA' : `${(i % 8) * 11.5};${Math.floor(i / 8) * 9.25}`;
    return `${bead};${place};${i % 3 === 0 ? 'cortex' : 'medulla'}`;
  });
  writeFileSync(placesPath, ['bead;east;north;region', ...places, ''].join('\r\n'));
}

/** A picture of one grey, by the chunks of the PNG specification (W3C, third edition). */
function greyPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8); // 8 bits, grey, no interlacing
  const row = Buffer.alloc(width + 1, 200);
  row[0] = 0; // not filtered
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}
