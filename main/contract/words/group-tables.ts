/** What is needed of an inspection to tell tables apart. */
interface InspectedTables {
  table: { path: string } | null;
  positionsTable: { path: string } | null;
}

/** A dataset from tables: the one with the counts, and what has to be said so that the others are found. */
export interface TableGroup {
  path: string;
  options: Record<string, string>;
}

/**
 * Sorts tables that were given together into datasets, by what is in them: counts with their positions, and tables that
 * belong to none (labels for other data).
 *
 * @param inspect looks into a path; rejects where there are no counts
 */
export async function groupTables(
  paths: readonly string[],
  inspect: (path: string, options?: Record<string, string>) => Promise<InspectedTables>,
): Promise<{ groups: TableGroup[]; rest: string[] }> {
  const found = new Map<string, InspectedTables>();
  const rest: string[] = [];
  const used = new Set<string>();
  for (const path of paths) {
    if (used.has(path)) continue;
    const inspection = await inspect(path).catch(() => null);
    if (inspection === null) {
      rest.push(path);
      continue;
    }
    // Positions name the counts that lie beside them; other formats in text (.gem) stand for themselves.
    const counts = inspection.table?.path ?? path;
    found.set(counts, inspection);
    for (const part of [path, counts, inspection.positionsTable?.path]) if (part !== undefined) used.add(part);
  }
  const groups = [...found.keys()].map((path): TableGroup => ({ path, options: {} }));
  const left = rest.filter((path) => !used.has(path));
  // Tables from different folders do not find each other by themselves.
  const open = groups.filter(({ path }) => found.get(path)?.table != null && found.get(path)?.positionsTable === null);
  for (const path of [...left]) {
    for (const group of open) {
      const options = { positions: path };
      if (
        await inspect(group.path, options).then(
          () => true,
          () => false,
        )
      ) {
        group.options = options;
        open.splice(open.indexOf(group), 1);
        left.splice(left.indexOf(path), 1);
        break;
      }
    }
  }
  return { groups, rest: left };
}
