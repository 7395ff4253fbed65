/** What Cell Ranger, scanpy, muon and Seurat call features that count antibody-derived tags (ADT). */
const PROTEIN_TYPE =
  /^(antibody[ _-]?capture|adt|ab|antibod(y|ies)|proteins?|protein[ _-]expression|antibody[ _-]derived[ _-]tags?)$/i;

/** Whether a feature type means surface proteins measured by antibodies. */
export function isProteinType(type: string): boolean {
  return PROTEIN_TYPE.test(type.trim());
}

/** Features that go into the main matrix, and those that become the modality `protein`: places in the file, ascending. */
export interface SplitFeatures {
  main: Int32Array;
  proteins: Int32Array;
}

/**
 * Takes proteins out of the features that are kept, so that nothing is trained on them. A file of proteins alone stays
 * as it is: they are its main matrix then.
 *
 * @param types [n of the file], '' where it does not say
 */
export function splitProteins(types: readonly string[], kept: Int32Array): SplitFeatures {
  const main = kept.filter((i) => !isProteinType(types[i] ?? ''));
  if (main.length === 0 || main.length === kept.length) return { main: kept, proteins: new Int32Array(0) };
  return { main, proteins: kept.filter((i) => isProteinType(types[i] ?? '')) };
}
