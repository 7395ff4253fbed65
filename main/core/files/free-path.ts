import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { requirePlainName } from './plain-name.ts';

/**
 * A path in `folder` that nothing is at yet: `Liver.lacuna`, else `Liver 2.lacuna`, `Liver 3.lacuna` … Nothing is made;
 * whoever writes there still has to refuse what appeared meanwhile.
 *
 * @throws LacunaError `bad-request` for a name that no system takes
 */
export function freePath(folder: string, name: string): string {
  const { name: stem, ext } = parse(requirePlainName(name));
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? `${stem}${ext}` : `${stem} ${n}${ext}`);
    if (!existsSync(path)) return path;
  }
}
