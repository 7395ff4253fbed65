/** One setting as a tree sees it: a number in [0, 1], or one of `nChoices` codes. */
export type TreeAxis = { kind: 'number' } | { kind: 'choice'; nChoices: number };

/** A leaf's part of an axis: an interval, or the codes that lead here. */
export type LeafSide = { low: number; high: number } | { codes: ReadonlySet<number> };

export interface Leaf {
  value: number;
  sides: LeafSide[];
}

interface Split {
  axis: number;
  error: number;
  goesLeft: (x: number) => boolean;
  sides: [LeafSide, LeafSide];
}

/**
 * The leaves of a regression tree grown to the end: every split is the one that leaves the least squared error (Breiman
 * et al. 1984); choices are split after ordering them by their mean, which finds the best of all subsets.
 *
 * @param x [n][nAxes]
 * @param rows of `x` to grow from, repeats allowed
 */
export function growTree(
  x: readonly (readonly number[])[],
  y: readonly number[],
  rows: readonly number[],
  axes: readonly TreeAxis[],
): Leaf[] {
  const leaves: Leaf[] = [];
  const whole = axes.map((axis): LeafSide =>
    axis.kind === 'number'
      ? { low: 0, high: 1 }
      : { codes: new Set(Array.from({ length: axis.nChoices }, (_, code) => code)) },
  );
  const open: { rows: readonly number[]; sides: LeafSide[] }[] = [{ rows, sides: whole }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { rows: own, sides } = node;
    const split = own.every((row) => y[row] === y[own[0]]) ? null : bestSplit(x, y, own, axes, sides);
    if (split === null) {
      leaves.push({ value: own.reduce((sum, row) => sum + y[row], 0) / own.length, sides });
      continue;
    }
    const { axis, goesLeft } = split;
    for (const part of [0, 1] as const)
      open.push({
        rows: own.filter((row) => goesLeft(x[row][axis]) === (part === 0)),
        sides: sides.map((side, i) => (i === axis ? split.sides[part] : side)),
      });
  }
  return leaves;
}

function bestSplit(
  x: readonly (readonly number[])[],
  y: readonly number[],
  rows: readonly number[],
  axes: readonly TreeAxis[],
  sides: readonly LeafSide[],
): Split | null {
  let best: Split | null = null;
  axes.forEach((_, axis) => {
    const side = sides[axis];
    // Each place on the axis with the count and sum of its rows, in the order in which it is split.
    const places = new Map<number, { n: number; sum: number }>();
    for (const row of rows) {
      const place = places.get(x[row][axis]) ?? { n: 0, sum: 0 };
      places.set(x[row][axis], { n: place.n + 1, sum: place.sum + y[row] });
    }
    const order = [...places].sort(([a, p], [b, q]) => ('codes' in side ? p.sum / p.n - q.sum / q.n : a - b));
    const total = order.reduce((sum, [, place]) => sum + place.sum, 0);
    let n = 0;
    let sum = 0;
    for (let i = 0; i + 1 < order.length; i++) {
      n += order[i][1].n;
      sum += order[i][1].sum;
      // The squared error is Σy² minus this.
      const error = -((sum * sum) / n + (total - sum) ** 2 / (rows.length - n));
      if (best !== null && error >= best.error) continue;
      best = {
        axis,
        error,
        ...sidesOf(
          side,
          order.map(([place]) => place),
          i,
        ),
      };
    }
  });
  return best;
}

/** Codes that no row here has go to the right. */
function sidesOf(side: LeafSide, order: readonly number[], last: number): Pick<Split, 'goesLeft' | 'sides'> {
  if ('codes' in side) {
    const left = new Set(order.slice(0, last + 1));
    const right = new Set([...side.codes].filter((code) => !left.has(code)));
    return { goesLeft: (code) => left.has(code), sides: [{ codes: left }, { codes: right }] };
  }
  const cut = (order[last] + order[last + 1]) / 2;
  return {
    goesLeft: (place) => place < cut,
    sides: [
      { low: side.low, high: cut },
      { low: cut, high: side.high },
    ],
  };
}
