/** What an observation is called: spots where the data say where each lies in a tissue, else cells. */
export function obsNoun(dataset: { obsm: { name: string }[] } | null): { one: string; many: string } {
  const isSpatial = dataset?.obsm.some(({ name }) => /spatial/i.test(name)) ?? false;
  return isSpatial ? { one: 'spot', many: 'spots' } : { one: 'cell', many: 'cells' };
}
