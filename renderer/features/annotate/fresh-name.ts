/** A name for an annotation that begins from these groups, which no column has: 'cell_type (mine)', then with a number. */
export function freshName(from: string, columns: readonly { name: string }[]): string {
  const base = `${(from || 'annotation').slice(0, 60)} (mine)`;
  const isTaken = (name: string): boolean => columns.some((column) => column.name === name);
  if (!isTaken(base)) return base;
  let n = 2;
  while (isTaken(`${base} ${n}`)) n++;
  return `${base} ${n}`;
}
