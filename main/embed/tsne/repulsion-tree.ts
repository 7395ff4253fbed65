/**
 * Repulsion of t-SNE by Barnes–Hut: points far away are taken together at their centre of mass. The tree (quadtree in
 * two dimensions, octree in three) lies in preorder in flat arrays with, for each node, where to go on when its
 * subtree is skipped; a walk is then one loop without a stack. Points are sorted along a Morton curve, so that a node is
 * a range of them and neighbours in the layout lie together in memory.
 * Source: Barnes & Hut 1986; van der Maaten 2014, Accelerating t-SNE using tree-based algorithms, section 4.
 */
export class RepulsionTree {
  readonly #nObs: number;
  readonly #nDim: number;
  /** Bits of the Morton code per dimension. */
  readonly #bits: number;
  /** [nObs, 3] points in Morton order */
  readonly #sorted: Float64Array;
  #order: Uint32Array;
  #spareOrder: Uint32Array;
  readonly #codes: Uint32Array;
  #sortedCodes: Uint32Array;
  #spareCodes: Uint32Array;
  /** Centre of mass and number of points, four a node. */
  #nodes: Float64Array;
  /** Squared side of the node's cell. */
  #squaredSide: Float64Array;
  /** First point, one past the last point (for leaves; 0, 0 for others), and the node after the subtree: three a node. */
  #links: Int32Array;
  #nNodes = 0;
  #side = 0;

  constructor(nObs: number, nDim: 2 | 3) {
    this.#nObs = nObs;
    this.#nDim = nDim;
    this.#bits = nDim === 2 ? 16 : 10;
    this.#sorted = new Float64Array(nObs * 3);
    this.#order = new Uint32Array(nObs);
    this.#spareOrder = new Uint32Array(nObs);
    this.#codes = new Uint32Array(nObs);
    this.#sortedCodes = new Uint32Array(nObs);
    this.#spareCodes = new Uint32Array(nObs);
    const capacity = Math.max(64, nObs);
    this.#nodes = new Float64Array(capacity * 4);
    this.#squaredSide = new Float64Array(capacity);
    this.#links = new Int32Array(capacity * 3);
  }

  /** Builds the tree of a layout: [nObs, 3], row-major, the third coordinate 0 in two dimensions. */
  build(layout: Float64Array): void {
    this.#encode(layout);
    this.#sort();
    for (let at = 0; at < this.#nObs; at++) {
      const from = this.#order[at] * 3;
      this.#sorted[at * 3] = layout[from];
      this.#sorted[at * 3 + 1] = layout[from + 1];
      this.#sorted[at * 3 + 2] = layout[from + 2];
    }
    this.#nNodes = 0;
    this.#addNode(0, this.#nObs, 0);
  }

  /**
   * Adds up Σ_j q_ij² (y_i - y_j) for each observation into `forces` [nObs, 3] and returns Σ_ij q_ij, with
   * q_ij = 1 / (1 + |y_i - y_j|²), both before normalisation.
   * @param angle a cell is taken whole when its side is less than this times its distance
   */
  repel(angle: number, forces: Float64Array): number {
    let total = 0;
    const sums = new Float64Array(4);
    for (let at = 0; at < this.#nObs; at++) {
      walk(this.#sorted, at, this.#nodes, this.#squaredSide, this.#links, this.#nNodes, angle * angle, sums);
      const i = this.#order[at] * 3;
      forces[i] = sums[0];
      forces[i + 1] = sums[1];
      forces[i + 2] = sums[2];
      total += sums[3];
    }
    return total;
  }

  #encode(layout: Float64Array): void {
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (let at = 0; at < layout.length; at += 3) {
      for (let d = 0; d < 3; d++) {
        if (layout[at + d] < low[d]) low[d] = layout[at + d];
        if (layout[at + d] > high[d]) high[d] = layout[at + d];
      }
    }
    this.#side = Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2], 1e-300);
    const cells = 2 ** this.#bits;
    const scale = (cells / this.#side) * (1 - 1e-12);
    for (let i = 0; i < this.#nObs; i++) {
      const x = Math.min(cells - 1, Math.floor((layout[i * 3] - low[0]) * scale));
      const y = Math.min(cells - 1, Math.floor((layout[i * 3 + 1] - low[1]) * scale));
      if (this.#nDim === 2) this.#codes[i] = spreadByTwo(x) | (spreadByTwo(y) << 1);
      else {
        const z = Math.min(cells - 1, Math.floor((layout[i * 3 + 2] - low[2]) * scale));
        this.#codes[i] = spreadByThree(x) | (spreadByThree(y) << 1) | (spreadByThree(z) << 2);
      }
    }
  }

  /** Radix sort, 11 bits a pass. */
  #sort(): void {
    for (let i = 0; i < this.#nObs; i++) {
      this.#order[i] = i;
      this.#sortedCodes[i] = this.#codes[i];
    }
    const counts = new Uint32Array(2049);
    for (let shift = 0; shift < 32; shift += 11) {
      counts.fill(0);
      for (let i = 0; i < this.#nObs; i++) counts[((this.#sortedCodes[i] >>> shift) & 2047) + 1]++;
      for (let c = 0; c < 2048; c++) counts[c + 1] += counts[c];
      for (let i = 0; i < this.#nObs; i++) {
        const at = counts[(this.#sortedCodes[i] >>> shift) & 2047]++;
        this.#spareCodes[at] = this.#sortedCodes[i];
        this.#spareOrder[at] = this.#order[i];
      }
      [this.#sortedCodes, this.#spareCodes] = [this.#spareCodes, this.#sortedCodes];
      [this.#order, this.#spareOrder] = [this.#spareOrder, this.#order];
    }
  }

  #addNode(first: number, end: number, level: number): void {
    const node = this.#nNodes++;
    if (node >= this.#squaredSide.length) this.#grow();
    let [x, y, z] = [0, 0, 0];
    for (let at = first * 3; at < end * 3; at += 3) {
      x += this.#sorted[at];
      y += this.#sorted[at + 1];
      z += this.#sorted[at + 2];
    }
    const count = end - first;
    this.#nodes[node * 4] = x / count;
    this.#nodes[node * 4 + 1] = y / count;
    this.#nodes[node * 4 + 2] = z / count;
    this.#nodes[node * 4 + 3] = count;
    const side = this.#side / 2 ** level;
    this.#squaredSide[node] = side * side;
    const isLeaf = count <= LEAF_SIZE || level === this.#bits;
    if (!isLeaf) {
      const shift = (this.#bits - level - 1) * this.#nDim;
      for (let start = first; start < end;) {
        const cell = this.#sortedCodes[start] >>> shift;
        let stop = start + 1;
        while (stop < end && this.#sortedCodes[stop] >>> shift === cell) stop++;
        this.#addNode(start, stop, level + 1);
        start = stop;
      }
    }
    this.#links[node * 3] = isLeaf ? first : 0;
    this.#links[node * 3 + 1] = isLeaf ? end : 0;
    this.#links[node * 3 + 2] = this.#nNodes;
  }

  #grow(): void {
    const capacity = this.#squaredSide.length * 2;
    const nodes = new Float64Array(capacity * 4);
    nodes.set(this.#nodes);
    this.#nodes = nodes;
    const squaredSide = new Float64Array(capacity);
    squaredSide.set(this.#squaredSide);
    this.#squaredSide = squaredSide;
    const links = new Int32Array(capacity * 3);
    links.set(this.#links);
    this.#links = links;
  }
}

/** Cells with so few points are not divided: measuring them one by one costs less than more nodes. */
const LEAF_SIZE = 6;

/** Forces on one point: Σ q² (y - y_j) in three coordinates and Σ q, the point itself left out. */
function walk(
  sorted: Float64Array,
  at: number,
  nodes: Float64Array,
  squaredSide: Float64Array,
  links: Int32Array,
  nNodes: number,
  squaredAngle: number,
  sums: Float64Array,
): void {
  const x = sorted[at * 3];
  const y = sorted[at * 3 + 1];
  const z = sorted[at * 3 + 2];
  let fx = 0;
  let fy = 0;
  let fz = 0;
  let total = 0;
  for (let node = 0; node < nNodes;) {
    const dx = x - nodes[node * 4];
    const dy = y - nodes[node * 4 + 1];
    const dz = z - nodes[node * 4 + 2];
    const squared = dx * dx + dy * dy + dz * dz;
    if (squaredSide[node] < squaredAngle * squared) {
      const q = 1 / (1 + squared);
      const weighted = nodes[node * 4 + 3] * q;
      total += weighted;
      fx += weighted * q * dx;
      fy += weighted * q * dy;
      fz += weighted * q * dz;
      node = links[node * 3 + 2];
      continue;
    }
    const end = links[node * 3 + 1];
    for (let other = links[node * 3]; other < end; other++) {
      if (other === at) continue;
      const ox = x - sorted[other * 3];
      const oy = y - sorted[other * 3 + 1];
      const oz = z - sorted[other * 3 + 2];
      const q = 1 / (1 + ox * ox + oy * oy + oz * oz);
      total += q;
      fx += q * q * ox;
      fy += q * q * oy;
      fz += q * q * oz;
    }
    // Preorder: the next node is the first child, or what follows a leaf.
    node++;
  }
  sums[0] = fx;
  sums[1] = fy;
  sums[2] = fz;
  sums[3] = total;
}

/** 16 bits with a gap after each. */
function spreadByTwo(v: number): number {
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

/** 10 bits with two gaps after each. */
function spreadByThree(v: number): number {
  v = (v | (v << 16)) & 0x030000ff;
  v = (v | (v << 8)) & 0x0300f00f;
  v = (v | (v << 4)) & 0x030c30c3;
  return (v | (v << 2)) & 0x09249249;
}
