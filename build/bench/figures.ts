/** One figure of a benchmark of the window. */
export interface Figure {
  /** What is measured: '120,000 points: first picture'. */
  name: string;
  unit: 'ms' | 's' | 'points' | 'MB' | 'MB/s' | '×';
  lacuna: number;
  /** The same by the least that can do it; left out where there is no such thing. */
  floor?: number;
  /** What it must not exceed. */
  limit?: number;
  /** What it must reach. */
  least?: number;
}

/** What a script of the window prints as its last line. */
export interface Figures {
  figures: Figure[];
  /** How it was drawn, and whatever else one must know to read the figures. */
  note: string;
}

/** The figures as a table: what missed its limit says so. */
export function figuresTable({ figures, note }: Figures, floorName: string): string {
  const hasFloor = figures.some(({ floor }) => floor !== undefined);
  const hasTarget = figures.some(({ limit, least }) => limit !== undefined || least !== undefined);
  const line = (cells: (string | null)[]): string => `| ${cells.filter((cell) => cell !== null).join(' | ')} |`;
  const rows = figures.map((figure) =>
    line([
      figure.name,
      withUnit(figure.lacuna, figure.unit),
      hasFloor ? (figure.floor === undefined ? '–' : withUnit(figure.floor, figure.unit)) : null,
      hasTarget ? target(figure) : null,
    ]),
  );
  const head = ['', 'Lacuna', hasFloor ? floorName : null, hasTarget ? 'target' : null];
  return [line(head), line(head.map((cell) => (cell === null ? null : '---'))), ...rows, '', note].join('\n');
}

function target({ lacuna, unit, limit, least }: Figure): string {
  if (limit !== undefined) return `${lacuna <= limit ? 'met' : '**missed**'} (≤ ${withUnit(limit, unit)})`;
  if (least !== undefined) return `${lacuna >= least ? 'met' : '**missed**'} (≥ ${withUnit(least, unit)})`;
  return '–';
}

function withUnit(value: number, unit: Figure['unit']): string {
  if (unit === 'points') return value.toLocaleString('en');
  return `${value === 0 ? '0' : value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}
