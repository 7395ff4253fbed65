/** One figure of a benchmark of the window. */
export interface Figure {
  /** What is measured: '120,000 points: first picture'. */
  name: string;
  unit: 'ms' | 's' | 'points';
  lacuna: number;
  /** The same by the least that can do it; left out where there is no such thing. */
  floor?: number;
  /** What it must not exceed. */
  limit?: number;
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
  const hasLimit = figures.some(({ limit }) => limit !== undefined);
  const line = (cells: (string | null)[]): string => `| ${cells.filter((cell) => cell !== null).join(' | ')} |`;
  const rows = figures.map(({ name, unit, lacuna, floor, limit }) =>
    line([
      name,
      withUnit(lacuna, unit),
      hasFloor ? (floor === undefined ? '–' : withUnit(floor, unit)) : null,
      hasLimit
        ? limit === undefined
          ? '–'
          : `${lacuna <= limit ? 'met' : '**missed**'} (≤ ${withUnit(limit, unit)})`
        : null,
    ]),
  );
  const head = ['', 'Lacuna', hasFloor ? floorName : null, hasLimit ? 'target' : null];
  return [line(head), line(head.map((cell) => (cell === null ? null : '---'))), ...rows, '', note].join('\n');
}

function withUnit(value: number, unit: Figure['unit']): string {
  if (unit === 'points') return value.toLocaleString('en');
  return `${value === 0 ? '0' : value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}
