/** Names that readers and the simulator give to positions in tissue. */
const SPATIAL = /^(x_)?(spatial|coord)/i;

/** The name of the array that holds positions in tissue; null where there is none. Embeddings do not count. */
export function spatialName(obsm: Iterable<{ name: string; nDim: number }>): string | null {
  for (const { name, nDim } of obsm) if (SPATIAL.test(name) && (nDim === 2 || nDim === 3)) return name;
  return null;
}
