import type { AxisTable } from '../../dataset/dataset-source.ts';

/** Which variables are genes of the mitochondrial genome, as far as their names tell. */
export interface MitochondrialGenes {
  /** [nVar], 1 for a mitochondrial gene. */
  mask: Uint8Array;
  nGenes: number;
  /** A plain sentence for the person when nothing was found; '' otherwise. */
  note: string;
}

const SYMBOL_COLUMNS = [
  'gene_symbol',
  'gene_symbols',
  'symbol',
  'gene_name',
  'gene_names',
  'feature_name',
  'gene_short_name',
];
/** `MT-ND1` (human), `mt-Nd1` (mouse, rat, zebrafish), `mt:ND1` (FlyBase). Not `MTOR`, not `mt1a`. */
const MITOCHONDRIAL = /^mt[-:]/i;
/** `GRCh38_MT-ND1`, `hg19_MT-ND1`: Cell Ranger puts the genome before the symbol where there are several. */
const GENOME_PREFIX = /^(?:GRC[hmz]\w*?|hg\d+|mm\d+|dm\d+)[_-]+/i;
const STABLE_ID = /^(?:ENS[A-Z]*G|FBgn|WBGene)\d+/;

/**
 * Finds mitochondrial genes by the prefix of their symbols; looks at `var.names` first, then at the columns in which
 * files keep symbols. Stable identifiers such as Ensembl's do not tell the chromosome, and then the note says so.
 */
export function findMitochondrial(variables: AxisTable): MitochondrialGenes {
  const candidates = [variables.names];
  for (const name of SYMBOL_COLUMNS) {
    const column = variables.columns.find((other) => other.name.toLowerCase() === name);
    if (column?.kind === 'string') candidates.push(column.values);
    if (column?.kind === 'categorical')
      candidates.push(Array.from(column.codes, (code) => (code < 0 ? '' : column.categories[code])));
  }
  for (const symbols of candidates) {
    const mask = Uint8Array.from(symbols, (symbol) => (MITOCHONDRIAL.test(symbol.replace(GENOME_PREFIX, '')) ? 1 : 0));
    const nGenes = mask.reduce((sum, flag) => sum + flag, 0);
    if (nGenes > 0) return { mask, nGenes, note: '' };
  }
  const ids = variables.names.filter((name) => STABLE_ID.test(name)).length;
  const note =
    ids > variables.names.length / 2
      ? 'The genes are named by stable identifiers (Ensembl, FlyBase …), which do not tell mitochondrial genes; the mitochondrial share is unknown.'
      : 'No gene name starts with MT-, mt- or mt:, so the mitochondrial share is unknown.';
  return { mask: new Uint8Array(variables.names.length), nGenes: 0, note };
}
