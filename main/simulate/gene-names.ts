/** The 13 proteins of the mitochondrial genome. */
const MITOCHONDRIAL = ['ND1', 'ND2', 'CO1', 'CO2', 'ATP8', 'ATP6', 'CO3', 'ND3', 'ND4L', 'ND4', 'ND5', 'ND6', 'CYB'];
/** Stems of large gene families: names that look familiar, and that nobody should read biology into. */
const FAMILIES = [
  'ZNF',
  'TMEM',
  'SLC',
  'FAM',
  'KIF',
  'CCDC',
  'PCDH',
  'OR',
  'RAB',
  'TRIM',
  'ADAM',
  'COL',
  'CYP',
  'GPR',
  'KRT',
  'LRRC',
  'MAP',
  'NDUF',
  'PPP',
  'USP',
];

/** Names of simulated genes: first mitochondrial ones, then ribosomal ones, then families. */
export interface GeneNames {
  names: string[];
  nMitochondrial: number;
  nRibosomal: number;
}

/** Unique symbols, in the manner of human genes. Small panels get few mitochondrial and ribosomal genes. */
export function geneNames(nVar: number): GeneNames {
  const nMitochondrial = Math.min(MITOCHONDRIAL.length, Math.ceil(nVar / 50));
  const nRibosomal = Math.min(80, Math.floor(nVar / 20));
  const names = MITOCHONDRIAL.slice(0, nMitochondrial).map((name) => `MT-${name}`);
  for (let i = 0; i < nRibosomal; i++) names.push(`${i % 2 === 0 ? 'RPL' : 'RPS'}${3 + (i >> 1)}`);
  for (let i = 0; names.length < nVar; i++)
    names.push(`${FAMILIES[i % FAMILIES.length]}${101 + Math.floor(i / FAMILIES.length)}`);
  return { names, nMitochondrial, nRibosomal };
}
