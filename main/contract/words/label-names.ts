/** Names under which the field keeps known groups, best first. */
export const LABEL_NAMES: readonly RegExp[] = [
  /^cell[_ .-]?types?$/i,
  /cell[_ .-]?type/i,
  /^(annotations?|labels?)$/i,
  /(annot|label)/i,
  /^(layer|region|domain|tissue|ground[_ .-]?truth|major[_ .-]?class|class|subclass)$/i,
  /(layer|region|domain|class)/i,
  /(louvain|leiden|seurat|cluster|ident)/i,
];
