/** Names inside one HDF5 group: a slash would open a subgroup, an empty name is none, and two may not be equal. */
export class ElementNames {
  readonly #taken: Set<string>;
  readonly #warnings: string[];

  /** @param reserved names that the layout itself uses */
  constructor(warnings: string[], reserved: readonly string[] = []) {
    this.#warnings = warnings;
    this.#taken = new Set(reserved);
  }

  /** A name that is allowed and free, as close as possible to `wanted`; a change is told in the warnings. */
  take(wanted: string, what: string): string {
    const base = wanted.replaceAll('/', '_').replaceAll('\0', '') || 'unnamed';
    // "." and ".." mean the group itself to HDF5.
    const allowed = /^\.+$/.test(base) ? `_${base}` : base;
    let name = allowed;
    for (let n = 1; this.#taken.has(name); n++) name = `${allowed}_${n}`;
    this.#taken.add(name);
    if (name !== wanted)
      this.#warnings.push(
        `The ${what} "${wanted}" is called "${name}" in the file, because .h5ad does not allow its name.`,
      );
    return name;
  }
}
