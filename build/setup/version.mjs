/**
 * Compares dotted versions by their numbers; a `v` in front and anything after `-` or `+` are ignored.
 *
 * @param {string} left
 * @param {string} right
 * @returns {number} negative, zero or positive, as for `Array.prototype.sort`
 */
export function compareVersions(left, right) {
  const [a, b] = [numbers(left), numbers(right)];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** @param {string} version */
function numbers(version) {
  return version
    .replace(/^v/, '')
    .split(/[-+]/)[0]
    .split('.')
    .map((part) => Number.parseInt(part, 10) || 0);
}
