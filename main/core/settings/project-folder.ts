import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from './settings.ts';

/**
 * Where new projects go: the folder that was chosen, else `Lacuna` among the person's documents (or at home where there
 * is no such folder). With `LACUNA_HOME` everything stays in there. The folder need not exist yet.
 */
export function projectFolder(
  settings: Settings,
  environment: Record<string, string | undefined> = process.env,
  home = homedir(),
): string {
  if (settings.folder !== null) return settings.folder;
  if (environment.LACUNA_HOME) return join(environment.LACUNA_HOME, 'projects');
  const documents = join(home, 'Documents');
  return join(existsSync(documents) ? documents : home, 'Lacuna');
}
