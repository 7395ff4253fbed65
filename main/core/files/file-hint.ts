/** What a file or folder seems to be by its name alone. Content decides when it is looked into. */
export interface FileHint {
  kind: 'project' | 'data' | 'labels';
  text: string;
}

const byEnding: readonly { pattern: RegExp; hint: FileHint }[] = [
  { pattern: /\.lacuna$/i, hint: { kind: 'project', text: 'Lacuna project' } },
  { pattern: /\.h5ad$/i, hint: { kind: 'data', text: 'AnnData (.h5ad)' } },
  { pattern: /\.h5$/i, hint: { kind: 'data', text: '10x matrix (.h5)' } },
  { pattern: /\.mtx(\.gz)?$/i, hint: { kind: 'data', text: 'Matrix Market (.mtx)' } },
  { pattern: /\.(csv|tsv|txt)(\.gz)?$/i, hint: { kind: 'labels', text: 'Text table' } },
];

/** Folders that Cell Ranger, Space Ranger and STARsolo write matrices into. */
const matrixFolder =
  /(feature|gene)_bc_matrix$|^(filtered|raw)_feature_bc_matrix|^(filtered|raw)_gene_bc_matrices|^mtx$/i;

/** Null for a name that says nothing. */
export function fileHint(name: string, kind: 'folder' | 'file'): FileHint | null {
  if (kind === 'folder') return matrixFolder.test(name) ? { kind: 'data', text: 'Folder with a 10x matrix' } : null;
  return byEnding.find(({ pattern }) => pattern.test(name))?.hint ?? null;
}
