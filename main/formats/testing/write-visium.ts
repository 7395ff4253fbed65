import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { parquetWriteFile } from 'hyparquet-writer';
import { writeMatrix } from './write-matrix.ts';

/** A spot or bin as the table of positions has it. */
export interface MadeSpot {
  barcode: string;
  inTissue: number;
  row: number;
  col: number;
  x: number;
  y: number;
}

/**
 * A hexagonal lattice as Visium's: spots 100 µm apart, even columns in even rows.
 * @param turn radians by which the slide lies askew in the image
 */
export function hexagonalSpots(nRows: number, nCols: number, micrometresPerPixel: number, turn = 0): MadeSpot[] {
  const spots: MadeSpot[] = [];
  for (let row = 0; row < nRows; row++) {
    for (let col = row % 2; col < nCols; col += 2) {
      const [u, v] = [(col * 50) / micrometresPerPixel, (row * 50 * Math.sqrt(3)) / micrometresPerPixel];
      const [x, y] = [Math.cos(turn) * u - Math.sin(turn) * v, Math.sin(turn) * u + Math.cos(turn) * v];
      const off = row === 0; // the first row lies off the tissue
      spots.push({ barcode: `SPOT${row}X${col}-1`, inTissue: off ? 0 : 1, row, col, x: 900 + x, y: 400 + y });
    }
  }
  return spots;
}

/** The table of positions in one of Space Ranger's three ways. */
export async function writePositions(spatial: string, name: string, spots: readonly MadeSpot[]): Promise<void> {
  await mkdir(spatial, { recursive: true });
  const path = join(spatial, name);
  if (name.endsWith('.parquet')) {
    parquetWriteFile({
      filename: path,
      columnData: [
        { name: 'barcode', data: spots.map(({ barcode }) => barcode), type: 'STRING' },
        { name: 'in_tissue', data: spots.map(({ inTissue }) => inTissue), type: 'INT32' },
        { name: 'array_row', data: spots.map(({ row }) => row), type: 'INT32' },
        { name: 'array_col', data: spots.map(({ col }) => col), type: 'INT32' },
        { name: 'pxl_row_in_fullres', data: spots.map(({ y }) => y), type: 'DOUBLE' },
        { name: 'pxl_col_in_fullres', data: spots.map(({ x }) => x), type: 'DOUBLE' },
      ],
    });
    return;
  }
  const heading = 'barcode,in_tissue,array_row,array_col,pxl_row_in_fullres,pxl_col_in_fullres';
  const lines = spots.map(({ barcode, inTissue, row, col, x, y }) => [barcode, inTissue, row, col, y, x].join());
  await writeFile(path, [...(name.includes('list') ? [] : [heading]), ...lines, ''].join('\n'));
}

/** A picture of one colour. */
export function madePng(width: number, height: number): Uint8Array {
  return encode({ width, height, channels: 3, depth: 8, data: new Uint8Array(width * height * 3).fill(180) });
}

/** One Space Ranger folder: matrix, positions, scale factors, both images. Spot i has i + 1 counts of gene i % 3. */
export async function writeVisium(
  root: string,
  spots: readonly MadeSpot[],
  positions: string,
  factors: Record<string, number>,
): Promise<void> {
  const spatial = join(root, 'spatial');
  await writePositions(spatial, positions, spots);
  await writeFile(join(spatial, 'scalefactors_json.json'), JSON.stringify(factors));
  await writeFile(join(spatial, 'tissue_hires_image.png'), madePng(40, 30));
  await writeFile(join(spatial, 'tissue_lowres_image.png'), madePng(20, 15));
  const rows = spots.map((_, i) => [0, 1, 2].map((gene) => (gene === i % 3 ? i + 1 : 0)));
  await writeMatrix(
    join(root, 'filtered_feature_bc_matrix.h5'),
    spots.map(({ barcode }) => barcode),
    rows,
  );
}
