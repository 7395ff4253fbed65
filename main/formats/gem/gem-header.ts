import { LacunaError } from '../../errors/lacuna-error.ts';

/** What a column of a .gem is for. */
export type GemRole = 'gene' | 'name' | 'x' | 'y' | 'count' | 'exon' | 'cell' | 'other';

/** The lines of a .gem before its numbers. */
export interface GemHeader {
  /** Values of the `#Key=Value` lines. */
  facts: Map<string, string>;
  /** Byte between two columns. */
  delimiter: number;
  roles: GemRole[];
  columns: string[];
  /** Lines up to the names of the columns, these included. */
  lines: number;
}

/** Column names of SAW and of older pipelines, in lower case without `_`. */
const rolesByName: Record<string, GemRole> = {
  geneid: 'gene',
  gene: 'gene',
  genes: 'gene',
  genename: 'name',
  x: 'x',
  y: 'y',
  midcount: 'count',
  midcounts: 'count',
  umicount: 'count',
  umicounts: 'count',
  count: 'count',
  counts: 'count',
  exoncount: 'exon',
  exoncounts: 'exon',
  cellid: 'cell',
  cell: 'cell',
  celllabel: 'cell',
  label: 'cell',
};

/**
 * Reads the `#` lines and the names of the columns.
 * @param text the beginning of the file
 * @returns `null` when the names of the columns are not complete in `text`
 */
export function readGemHeader(text: string): GemHeader | null {
  const facts = new Map<string, string>();
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (let lines = 1; ; lines++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return null;
    const line = text.slice(at, end).replace(/\r$/, '');
    at = end + 1;
    if (line.trim() === '') continue;
    if (line.startsWith('#')) {
      const [, key, value] = /^#\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (key !== undefined) facts.set(key.toLowerCase(), value);
      continue;
    }
    const delimiter = line.includes('\t') ? '\t' : line.includes(',') ? ',' : ' ';
    const columns = line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    const roles = columns.map((name) => rolesByName[name.toLowerCase().replaceAll('_', '')] ?? 'other');
    return { facts, delimiter: delimiter.charCodeAt(0), roles: onceEach(roles), columns, lines };
  }
}

/** True for the columns of a .gem: gene, x, y and a count. */
export function isGemHeader({ roles }: GemHeader): boolean {
  return (
    (roles.includes('gene') || roles.includes('name')) &&
    ['x', 'y', 'count'].every((role) => roles.includes(role as GemRole))
  );
}

/** @throws LacunaError `bad-file` that names the columns that are missing */
export function checkGemColumns({ roles, columns }: GemHeader, path: string): void {
  const missing = [
    roles.includes('gene') || roles.includes('name') ? null : 'geneID',
    roles.includes('x') ? null : 'x',
    roles.includes('y') ? null : 'y',
    roles.includes('count') ? null : 'MIDCount (or MIDCounts, UMICount)',
  ].filter((name) => name !== null);
  if (missing.length === 0) return;
  throw new LacunaError(
    'bad-file',
    `${path} has no column ${missing.join(', ')}. Its columns are: ${columns.slice(0, 12).join(', ')}.`,
    'The first line after the # lines must name the columns: geneID, x, y and MIDCount.',
    { file: path, columns: columns.slice(0, 12) },
  );
}

/** A whole number of a `#Key=Value` line, `otherwise` where there is none. */
export function factNumber({ facts }: GemHeader, key: string, otherwise: number): number {
  const value = facts.get(key.toLowerCase());
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : otherwise;
}

/** Of two columns of the same meaning the first counts. A column of names alone serves as identifiers. */
function onceEach(roles: GemRole[]): GemRole[] {
  const unique = roles.map((role, i) => (roles.indexOf(role) < i ? 'other' : role));
  return unique.includes('gene') ? unique : unique.map((role) => (role === 'name' ? 'gene' : role));
}
