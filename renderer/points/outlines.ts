/** Outlines of cells, in the order of the points. */
export interface Outlines {
  /** [n + 1], vertices of point i are `offsets[i]` … `offsets[i + 1]` */
  offsets: Int32Array;
  /** [nVertices, 2] */
  vertices: Float32Array;
}

/** What the graphics card needs of outlines: the vertices, and after them the points themselves as middles of the fans. */
export interface OutlineMesh {
  /** [nVertices + n, 2] */
  positions: Float32Array;
  /** [nVertices + n], the point that each belongs to */
  owner: Uint32Array;
  /** Pairs of vertices, one for each side of an outline. */
  lines: Uint32Array;
  /** Threes of vertices that fill the outlines: exact where the whole outline is seen from the middle, as it is for cells. */
  triangles: Uint32Array;
}

/** @param centres [n, 2], positions of the points */
export function outlineMesh({ offsets, vertices }: Outlines, centres: Float32Array): OutlineMesh {
  const n = offsets.length - 1;
  const nVertices = vertices.length / 2;
  const positions = new Float32Array(2 * (nVertices + n));
  positions.set(vertices);
  positions.set(centres.subarray(0, 2 * n), 2 * nVertices);
  const owner = new Uint32Array(nVertices + n);
  const lines = new Uint32Array(2 * nVertices);
  const triangles = new Uint32Array(3 * nVertices);
  for (let i = 0; i < n; i++) {
    owner[nVertices + i] = i;
    for (let v = offsets[i]; v < offsets[i + 1]; v++) {
      const next = v + 1 < offsets[i + 1] ? v + 1 : offsets[i];
      owner[v] = i;
      lines[2 * v] = v;
      lines[2 * v + 1] = next;
      triangles.set([nVertices + i, v, next], 3 * v);
    }
  }
  return { positions, owner, lines, triangles };
}

/** Outlines of some of the points. @param chosen positions of points; −1 has no outline */
export function chosenOutlines({ offsets, vertices }: Outlines, chosen: Int32Array): Outlines {
  const picked = new Int32Array(chosen.length + 1);
  const length = (point: number): number => (point < 0 ? 0 : offsets[point + 1] - offsets[point]);
  for (let i = 0; i < chosen.length; i++) picked[i + 1] = picked[i] + length(chosen[i]);
  const out = new Float32Array(2 * picked[chosen.length]);
  chosen.forEach((point, i) => {
    if (point >= 0) out.set(vertices.subarray(2 * offsets[point], 2 * offsets[point + 1]), 2 * picked[i]);
  });
  return { offsets: picked, vertices: out };
}
