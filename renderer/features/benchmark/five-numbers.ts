/** Smallest, lower quartile, median, upper quartile and largest of some values; what a box plot draws. */
export type FiveNumbers = readonly [number, number, number, number, number];

/** Quartiles by linear interpolation between the ordered values (Hyndman and Fan 1996, type 7; NumPy's default). */
export function fiveNumbers(values: readonly number[]): FiveNumbers {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  };
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
}
