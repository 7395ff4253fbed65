import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for what belongs to a person and not to a project: the recent list, settings. `LACUNA_HOME` overrides the
 * place that each system has for it.
 */
export function configFolder(
  environment: Record<string, string | undefined> = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (environment.LACUNA_HOME) return environment.LACUNA_HOME;
  if (platform === 'win32') return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), 'Lacuna');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lacuna');
  return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'lacuna');
}
