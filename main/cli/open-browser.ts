import { spawn } from 'node:child_process';

/**
 * Opens an address in the default browser where there is a display. It never fails: the address is printed as well, and
 * whoever works on a machine without a display opens it elsewhere.
 *
 * @returns whether a browser was asked to open it
 */
export function openBrowser(
  address: string,
  environment: Record<string, string | undefined> = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  const command = browserCommand(environment, platform);
  if (command === null) return false;
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
  return true;
}

/** The system's own way to open an address; null without a display. */
export function browserCommand(
  environment: Record<string, string | undefined>,
  platform: NodeJS.Platform,
): string[] | null {
  if (platform === 'darwin') return ['open'];
  // `start` belongs to cmd, which would take the & of an address apart; this does not.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}
