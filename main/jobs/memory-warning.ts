import type { Machine } from '../methods/method.ts';

export interface MemoryWarning {
  /** Plain words, for the person who is about to start it. */
  text: string;
  /** True when it cannot end well on this machine, whatever is closed. */
  hopeless: boolean;
}

/**
 * Whether a training may not fit. An estimate is rough, so a run is refused only when it would need half as much again
 * as the whole machine has.
 */
export function memoryWarning(neededBytes: number, machine: Machine): MemoryWarning | null {
  const { freeMemoryBytes: free, totalMemoryBytes: total } = machine;
  if (neededBytes <= free * 0.9) return null;
  const sizes = `about ${gigabytes(neededBytes)} of memory, and this computer has ${gigabytes(free)} free of ${gigabytes(total)}`;
  const advice = 'Fewer variable genes, a smaller network or a smaller batch need less.';
  if (neededBytes > total * 1.5)
    return { text: `This training needs ${sizes}: it cannot run here. ${advice}`, hopeless: true };
  return {
    text: `This training needs ${sizes}; it may become very slow or be ended by the system. Close other programs first. ${advice}`,
    hopeless: false,
  };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
