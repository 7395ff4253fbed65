import type { z } from 'zod';
import type { fileEntrySchema } from '../../main/contract/entities/file.ts';
import type { PickKind } from '../app/shell.ts';

export type FileEntry = z.infer<typeof fileEntrySchema>;

/** True when an entry is by its name what is asked for. Others can be chosen all the same: content decides. */
export function suits(entry: FileEntry, kind: PickKind): boolean {
  if (kind === 'folder') return entry.kind === 'folder';
  // A table may hold counts as well as labels.
  return entry.hint?.kind === kind || (kind === 'data' && entry.hint?.kind === 'labels');
}

/** True when choosing an entry means taking it; false: a folder that is looked into. */
export function isTaken(entry: FileEntry, kind: PickKind): boolean {
  return entry.kind === 'file' ? kind !== 'folder' : suits(entry, kind) && kind !== 'folder';
}

/** The entry that a person means who types the first letters of its name, looking onwards from `from`. */
export function typedAhead(entries: FileEntry[], typed: string, from: number): number {
  const wanted = typed.toLowerCase();
  for (let i = 0; i < entries.length; i++) {
    const at = (from + i) % entries.length;
    if (entries[at].name.toLowerCase().startsWith(wanted)) return at;
  }
  return -1;
}
