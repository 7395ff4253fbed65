/**
 * The name that a benchmark gave a run, in parts, for a table that has columns for them; a name that a person gave is
 * left whole.
 */
export function runParts(name: string): { method: string; protocol: string } {
  const found = /^(.+? · .+?) · (.+) · seed \d+$/.exec(name);
  return found === null ? { method: name, protocol: '' } : { method: found[1], protocol: found[2] };
}
