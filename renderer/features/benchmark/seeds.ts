/** Seeds out of what a person wrote: '1, 2, 5' or '1-5'; null where it cannot be read. Each seed once, in order. */
export function parseSeeds(text: string): number[] | null {
  const seeds = new Set<number>();
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  for (const part of parts) {
    const found = /^(\d{1,9})(?:[-–](\d{1,9}))?$/.exec(part);
    if (found === null) return null;
    const first = Number(found[1]);
    const last = found[2] === undefined ? first : Number(found[2]);
    if (last < first || last - first >= 100) return null;
    for (let seed = first; seed <= last; seed++) seeds.add(seed);
  }
  return seeds.size === 0 || seeds.size > 100 ? null : [...seeds].sort((a, b) => a - b);
}

/** 1 … count. */
export function firstSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
