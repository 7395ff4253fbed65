import { basename, dirname, resolve } from 'node:path';
import type { TableSketch } from './describe-table.ts';
import type { TableFile } from './table-files.ts';

/** Which tables are taken for the counts and for the positions or annotations of the cells. */
export interface TablePair {
  counts: TableFile;
  /** `null` when no table goes with the counts. */
  places: TableFile | null;
}

/**
 * The counts among some tables, and what goes with them: the named file if it holds counts, else the table that does and
 * that has positions beside it.
 *
 * @param named the file that the person named; `null` for a folder
 * @returns `null` when no table looks like counts
 */
export function pairTables(files: readonly TableFile[], named: string | null): TablePair | null {
  const own = named === null ? undefined : files.find((file) => resolve(file.path) === resolve(named));
  const candidates = files.filter((file) => file.sketch.kind === 'counts');
  const pairs = candidates.map((counts) => ({
    counts,
    places: placesFor(counts, files),
  }));
  const uses = (pair: TablePair) => own === undefined || pair.counts === own || pair.places === own;
  const score = ({ counts, places }: TablePair) =>
    // What was named is the counts, unless it goes with other counts.
    (places !== null && places === own ? 4 : counts === own ? 3 : 0) +
    (places?.sketch.kind === 'places' || counts.sketch.x >= 0 ? 2 : places === null ? 0 : 1) +
    Math.min(0.9, counts.sketch.values.length / 1e6);
  const [best] = pairs.filter(uses).sort((a, b) => score(b) - score(a) || (a.counts.value < b.counts.value ? -1 : 1));
  return best ?? null;
}

/** The table of positions or annotations that goes with the counts: names in common decide, then known names of files. */
export function placesFor(counts: TableFile, files: readonly TableFile[]): TableFile | null {
  const others = files.filter((file) => file !== counts && dirname(file.path) === dirname(counts.path));
  const scored = others
    .map((file) => ({ file, score: fit(counts.sketch, file) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.file.value < b.file.value ? -1 : 1));
  return scored[0]?.file ?? null;
}

const knownPlaces =
  /^bead_?locations|^cell_?metadata|centroids?|positions?\b|coordinates?\b|locations?\b|_metadata_file/i;

/** Columns of numbers that a table of positions under unknown headings may have. */
const fewNumbers = 8;

function fit(counts: TableSketch, file: TableFile): number {
  const { sketch } = file;
  const shared = sharedNames(counts, sketch);
  // A few numbers under headings that say nothing may be anything; beside many genes of the same cells they are no genes.
  if (sketch.kind === 'counts')
    return sketch.values.length <= fewNumbers && counts.values.length > fewNumbers && shared > 0.5 ? shared : 0;
  const place = sketch.kind === 'places' ? 1 : 0;
  if (shared > 0) return 2 + shared + place;
  // Tables in another order share no names in their first rows; the names of the files speak then.
  if (place === 1 && knownPlaces.test(basename(file.path)) && !(isComplete(counts) && sketch.head.isWhole)) return 1;
  return place === 1 && counts.id < 0 && knownPlaces.test(basename(file.path)) ? 1 : 0;
}

/** True when the beginning of the table names all its cells for sure. */
function isComplete({ head, id }: TableSketch): boolean {
  return head.isWhole && id >= 0;
}

/** The share of the rows of `places` whose name is one of the counts', by the beginnings of both. */
function sharedNames(counts: TableSketch, places: TableSketch): number {
  const { head, id } = counts;
  const names = new Set(head.columns);
  if (id >= 0) for (const row of head.rows) names.add(row[id]);
  names.delete('');
  const { columns, rows } = places.head;
  // Small numbers occur everywhere, as clusters and as positions: they are names only where a heading says so.
  const named = columns.map((_, c) => c).filter((c) => c === places.id || !places.numeric[c]);
  const hits = named.map((c) => rows.filter((row) => names.has(row[c])).length);
  return Math.max(0, ...hits) / Math.max(1, rows.length);
}
