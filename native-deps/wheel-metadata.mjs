/**
 * The requirements that a wheel lists under one of its extras, as pip takes them on its command line.
 *
 * @param {string} metadata the wheel's `METADATA` (core metadata 2.1)
 * @param {string} extra for instance `and-cuda`
 * @returns {string[]} for instance `nvidia-cublas-cu12<13.0,>=12.5.3.2`
 */
export function requirementsOfExtra(metadata, extra) {
  const headers = metadata.split(/\r?\n\r?\n/, 1)[0];
  return headers
    .split(/\r?\n/)
    .filter((line) => /^Requires-Dist:/i.test(line))
    .map((line) => line.slice(line.indexOf(':') + 1).trim())
    .map((line) => line.split(';', 2).map((part) => part.trim()))
    .filter(([, marker]) => marker !== undefined && markerNamesExtra(marker, extra))
    .map(([requirement]) => requirement.replace(/\s+/g, '').replace(/\(([^)]*)\)/, '$1'));
}

/**
 * @param {string} marker
 * @param {string} extra
 */
function markerNamesExtra(marker, extra) {
  const named = /extra\s*==\s*['"]([^'"]+)['"]/.exec(marker);
  return named !== null && normalise(named[1]) === normalise(extra);
}

/** Python's rule for names: `-`, `_` and `.` are the same. @param {string} name */
function normalise(name) {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
