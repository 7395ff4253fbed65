/** True for the name of positions in a tissue ('spatial'), false for embeddings that came with a file ('X_umap'). */
export function isTissue(obsm: string): boolean {
  return /spatial|tissue|coord|position/i.test(obsm);
}
