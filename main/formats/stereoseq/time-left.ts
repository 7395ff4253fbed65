/** Seconds left by the pace so far; `null` in the first second, when there is no pace yet. */
export function timeLeft(begunMs: number, fraction: number): number | null {
  const seconds = (performance.now() - begunMs) / 1000;
  return seconds < 1 || fraction <= 0 ? null : (seconds * (1 - Math.min(1, fraction))) / fraction;
}
