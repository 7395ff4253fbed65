/**
 * Pairs rows with columns so that the summed weight is greatest (the assignment problem), each row and column used at
 * most once. Shortest augmenting paths with potentials, O(nRows² · nColumns). Source: Kuhn 1955; the form with
 * potentials: Jonker & Volgenant 1987.
 * @param weights [nRows, nColumns], row-major, finite
 * @returns [nRows], the column of each row, or -1 where there are more rows than columns
 */
export function bestAssignment(weights: ArrayLike<number>, nRows: number, nColumns: number): Int32Array {
  if (nRows > nColumns) {
    const transposed = new Float64Array(nRows * nColumns);
    for (let r = 0; r < nRows; r++)
      for (let c = 0; c < nColumns; c++) transposed[c * nRows + r] = weights[r * nColumns + c];
    const rowOfColumn = bestAssignment(transposed, nColumns, nRows);
    const columnOfRow = new Int32Array(nRows).fill(-1);
    rowOfColumn.forEach((row, column) => (columnOfRow[row] = column));
    return columnOfRow;
  }
  // Potentials and paths are 1-based; column 0 stands for "the row that is being placed".
  const rowPotential = new Float64Array(nRows + 1);
  const columnPotential = new Float64Array(nColumns + 1);
  const rowAt = new Int32Array(nColumns + 1);
  const cameFrom = new Int32Array(nColumns + 1);
  for (let row = 1; row <= nRows; row++) {
    const slack = new Float64Array(nColumns + 1).fill(Infinity);
    const done = new Uint8Array(nColumns + 1);
    let column = 0;
    rowAt[0] = row;
    while (rowAt[column] !== 0) {
      done[column] = 1;
      const current = rowAt[column];
      let step = Infinity;
      let next = 0;
      for (let c = 1; c <= nColumns; c++) {
        if (done[c]) continue;
        const reduced = -weights[(current - 1) * nColumns + c - 1] - rowPotential[current] - columnPotential[c];
        if (reduced < slack[c]) {
          slack[c] = reduced;
          cameFrom[c] = column;
        }
        if (slack[c] < step) {
          step = slack[c];
          next = c;
        }
      }
      for (let c = 0; c <= nColumns; c++) {
        if (done[c]) {
          rowPotential[rowAt[c]] += step;
          columnPotential[c] -= step;
        } else slack[c] -= step;
      }
      column = next;
    }
    while (column !== 0) {
      rowAt[column] = rowAt[cameFrom[column]];
      column = cameFrom[column];
    }
  }
  const columnOfRow = new Int32Array(nRows).fill(-1);
  for (let c = 1; c <= nColumns; c++) if (rowAt[c] > 0) columnOfRow[rowAt[c] - 1] = c - 1;
  return columnOfRow;
}
