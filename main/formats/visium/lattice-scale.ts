/** Distance between the centres of neighbouring spots of Visium, in µm. */
const pitch = 100;

/**
 * µm per pixel, measured from the lattice of the spots: of the physical sizes of Visium only the 100 µm between centres
 * can be seen in the data. Spots lie on a hexagonal lattice whose columns count half steps, so that a step of
 * `array_col` is 50 µm and one of `array_row` 100·√3/2 µm. The affine map from array to pixel positions is fitted by
 * least squares, whatever way the slide lay under the microscope.
 *
 * Source: 10x Genomics, "What is the spatial resolution and configuration of the capture area of the Visium v1 Gene
 * Expression Slide?" (55 µm spots, 100 µm from centre to centre).
 *
 * @param arrayRow [n], `arrayCol` [n], `x` [n], `y` [n]; places that are not numbers are passed over
 * @returns null when this is no such lattice, or too few spots tell
 */
export function latticeScale(
  arrayRow: ArrayLike<number>,
  arrayCol: ArrayLike<number>,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): number | null {
  let n = 0;
  const mean = { row: 0, col: 0, x: 0, y: 0 };
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(arrayRow[i])) continue;
    // On this lattice even rows have even columns and odd rows odd ones; on the square one of HD they do not.
    if ((arrayRow[i] + arrayCol[i]) % 2 !== 0) return null;
    n++;
    mean.row += arrayRow[i];
    mean.col += arrayCol[i];
    mean.x += x[i];
    mean.y += y[i];
  }
  for (const key of ['row', 'col', 'x', 'y'] as const) mean[key] /= n;
  let [rr, rc, cc, rx, ry, cx, cy] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(arrayRow[i])) continue;
    const [r, c, dx, dy] = [arrayRow[i] - mean.row, arrayCol[i] - mean.col, x[i] - mean.x, y[i] - mean.y];
    rr += r * r;
    rc += r * c;
    cc += c * c;
    rx += r * dx;
    ry += r * dy;
    cx += c * dx;
    cy += c * dy;
  }
  const determinant = rr * cc - rc * rc;
  if (n < 3 || !(determinant > 1e-9 * rr * cc)) return null;
  const perRow = Math.hypot((cc * rx - rc * cx) / determinant, (cc * ry - rc * cy) / determinant);
  const perCol = Math.hypot((rr * cx - rc * rx) / determinant, (rr * cy - rc * ry) / determinant);
  const [byRow, byCol] = [(pitch * Math.sqrt(3)) / 2 / perRow, pitch / 2 / perCol];
  // Where both directions disagree, the array positions mean something else.
  return Math.abs(byRow / byCol - 1) < 0.1 ? (byRow + byCol) / 2 : null;
}
