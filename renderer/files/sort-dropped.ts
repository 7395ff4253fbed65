/** What a person gave, sorted by what is done with it; told by names, since content is looked at later. */
export interface SortedPaths {
  projects: string[];
  data: string[];
  /** Tables of annotations; they belong to the data that came with them. */
  labels: string[];
}

const isProject = (name: string): boolean => /\.lacuna$/i.test(name);
const isTable = (name: string): boolean => /\.(csv|tsv|txt)(\.gz)?$/i.test(name) && !isMatrixPart(name);

/** Files that make up one 10x matrix: `matrix.mtx.gz`, `barcodes.tsv`, `features.tsv.gz`, `genes.tsv`. */
export function isMatrixPart(name: string): boolean {
  return /(^|[_.-])(matrix\.mtx|(barcodes|features|genes)\.tsv)(\.gz)?$/i.test(name);
}

export function sortPaths(paths: string[]): SortedPaths {
  const projects = paths.filter((path) => isProject(baseName(path)));
  const labels = paths.filter((path) => isTable(baseName(path)));
  return { projects, labels, data: paths.filter((path) => !projects.includes(path) && !labels.includes(path)) };
}

/** Names that say nothing about the sample. */
const generic =
  /^(filtered|raw|sample)?_?(gene|feature|cell)?_?(bc|barcode)?_?(matrix|matrices|matrices_mex|mex|expression)?(_h5)?$|^(outs|data|counts|analysis|cells|mappeddge(forr)?|cell_by_gene(_.*)?|beadlocationsforr|cell_metadata|hg19|hg38|GRCh3[78]|mm10|GRCm3[89])$/i;

/** The folder of a drop (see `uploadDrop`); what is above it is not of the person's naming. */
const drop = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * A title for what is at a path: its name without the ending; the folder's above where the name is what every sample
 * has (`filtered_feature_bc_matrix.h5`).
 */
export function titleOf(path: string): string {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '');
  const own = parts.slice(parts.findLastIndex((part) => drop.test(part)) + 1);
  const names = own.map((part) => part.replace(/(\.(h5ad|h5|hdf5|mtx|tsv|csv|gz|lacuna))+$/i, '')).reverse();
  return names.find((name) => name !== '' && !generic.test(name)) ?? names[0] ?? 'New data';
}

/** The last part of a path, of either kind of system. */
export function baseName(path: string): string {
  return path.split(/[\\/]+/).findLast((part) => part !== '') ?? path;
}

/** The folder that a file of the person's own lies in; undefined for a dropped copy, whose place says nothing. */
export function folderOf(path: string): string | undefined {
  if (dropOf(path) !== undefined) return undefined;
  const parts = path.split(/[\\/]+/);
  const folder = path.slice(0, path.length - (parts.at(-1) ?? '').length);
  return folder.length > 1 ? folder.replace(/[\\/]+$/, '') : folder || undefined;
}

/** The drop that a copied file came with; undefined for a file of the person's own. */
export function dropOf(path: string): string | undefined {
  return path.split(/[\\/]+/).findLast((part) => drop.test(part));
}
