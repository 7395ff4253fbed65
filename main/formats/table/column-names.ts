import { hasDecimalComma, plainNumber } from './table-number.ts';

/** What a column of a table is taken for. */
export type ColumnRole = 'id' | 'x' | 'y' | 'z' | 'annotation' | 'value' | 'left-out';

/** 'X (µm)' → 'xum', 'Center_X' → 'centerx'. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('µ', 'u')
    .replace(/[^a-z0-9]/g, '');
}

/** Names under which programs write positions, the most telling first; `#` stands for the axis. */
const axisNames = [
  '#globalum', 'center#globalpx', 'global#', '#global', 'center#', '#centroid', 'centroid#', '#centre', '#center', '#um', '#micron', '#microns',
  '#coord', '#coords', 'coord#', '#coordinate', '#position', 'position#', '#pos', 'pos#', '#location', '#loc', 'sdim#',
  'spatial#', '#spatial', '#pixel', 'pixel#', '#px', 'image#', '#', 'center#localpx', 'local#', 'array#',
]; // prettier-ignore
const numbered = { x: ['spatial1', 'spatial0', 'imagecol', 'pxlcolinfullres', 'arraycol', 'col'], y: ['spatial2', 'spatial1', 'imagerow', 'pxlrowinfullres', 'arrayrow', 'row'] }; // prettier-ignore

/** The column of an axis by its name, or -1. */
export function axisColumn(columns: readonly string[], axis: 'x' | 'y' | 'z'): number {
  const names = columns.map(bare);
  for (const pattern of axisNames) {
    const at = names.indexOf(pattern.replace('#', axis));
    if (at >= 0) return at;
  }
  if (axis === 'z') return names.indexOf('bregma') >= 0 ? -1 : names.indexOf('spatial3');
  for (const [i, name] of numbered[axis].entries()) {
    // 'spatial_1' is y beside 'spatial_0', and x beside 'spatial_2'.
    if (i < 2 && !names.includes(numbered[axis === 'x' ? 'y' : 'x'][i])) continue;
    const at = names.indexOf(name);
    if (at >= 0) return at;
  }
  return -1;
}

const cellWords =
  /^(cells?|cellids?|cellnames?|barcodes?|beads?|beadids?|beadbarcodes?|spots?|spotids?|cellbarcodes?|entityid|obsnames?|bins?|binid)$/;
const geneWords =
  /^(genes?|geneids?|genenames?|genesymbols?|symbols?|features?|featureids?|featurenames?|targets?|ensembl(gene)?(id)?|transcripts?)$/;
const anyIds = /^(id|ids|index|names?|unnamed0|rownames?|sample)$/;

/** 'cell' for headings such as 'barcode' and 'cell_id', 'gene' for 'gene' and 'symbol', 'id' for 'index', else `null`. */
export function idWord(name: string): 'cell' | 'gene' | 'id' | null {
  const word = bare(name);
  if (cellWords.test(word)) return 'cell';
  if (geneWords.test(word)) return 'gene';
  return anyIds.test(word) ? 'id' : null;
}

const measures =
  /^(fov|fieldofview|volume|area|perimeter|solidity|eccentricity|aspectratio|anisotropy|width|height|n?umis?|ncount.*|nfeature.*|ngenes?.*|ncounts?|totalcounts?.*|transcriptcounts?|nucleusarea|cellarea|min[xyz]|max[xyz]|clusters?|leiden.*|louvain.*|seuratclusters|bregma|batch|percentmt|percentmito.*|pctcounts.*|region|slice|section|replicate|label|layer|intissue|arrayrow|arraycol|(cell|sample|animal|batch|slice|section|fov|barcode|transcript|cluster|entity|donor|mouse|region)(id|no|number)|(center|local|global)?[xyz](local|global)?(px)?|pxl(row|col)infullres|image(row|col)|row|col|mean[a-z]+|max[a-z]+intensity)$/;

/** True for numbers that describe a cell rather than count a gene: 'fov', 'volume', 'nUMI', 'cluster', 'min_x'. */
export function isMeasure(name: string): boolean {
  return measures.test(bare(name));
}

const cellLike =
  /^([\w.]*[_.])?[ACGTN]{8,}([-_.]\w+)*$|^[0-9a-f]{8}-[0-9a-f]{4}-|^\d+$|^(cell|bead|spot|bin|barcode|bc|c|sample)[-_.]?\d[\w.-]*$|^\d+[x_]\d+$/i;

/** The share of names that look as those of cells do: barcodes, UUIDs, plain numbers, 'cell_12'. */
export function cellLikeness(names: readonly string[]): number {
  return names.length === 0 ? 0 : names.filter((name) => cellLike.test(name)).length / names.length;
}

/**
 * True when a column holds numbers: most of its fields are some, or would be with a decimal point. One field that is none
 * does not make a column of counts an annotation: it is an error, met when the column is read.
 */
export function isNumeric(fields: readonly string[]): boolean {
  let numbers = 0;
  let others = 0;
  for (const field of fields) {
    const value = plainNumber(field);
    if (value === null && !hasDecimalComma(field)) others++;
    else if (!Number.isNaN(value)) numbers++;
  }
  return numbers > others;
}
