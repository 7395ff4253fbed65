import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { DIST, PROJECT } from '../../build/setup/paths.mjs';
import { findElectron } from '../../build/start/find-electron.mjs';
import type { LaunchOptions, RunningLacuna } from './browser-host.ts';

/** Lacuna as a desktop application, and its page. */
export interface LacunaInElectron extends RunningLacuna {
  page: Page;
}

/** Why Lacuna cannot be started in Electron here, in one sentence; null when it can. */
export function whyNoElectron(): string | null {
  if (!existsSync(join(DIST, 'electron', 'main.js'))) return 'the desktop shell is not built: npm run setup builds it';
  if ('why' in findElectron()) {
    return "Electron's program is not on this machine: LACUNA_FETCH_ELECTRON=1 npm start fetches it";
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'there is no display for Electron: xvfb-run gives one';
  }
  return null;
}

/** Starts Lacuna as `npm start` does where Electron's program is. @throws Error where it is not */
export async function launchLacuna(
  { home, project }: LaunchOptions,
  viewport: { width: number; height: number } = { width: 1440, height: 900 },
  colorScheme: 'light' | 'dark' = 'light',
): Promise<LacunaInElectron> {
  const found = findElectron();
  if ('why' in found) throw new Error(found.why);
  const application = await _electron.launch({
    executablePath: found.program,
    args: [
      // A container's root may not use Chromium's sandbox; everywhere else it stays on.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      PROJECT,
      ...(project === undefined ? [] : [project]),
    ],
    cwd: PROJECT,
    colorScheme,
    env: { ...(process.env as Record<string, string>), LACUNA_HOME: home, HOME: home, USERPROFILE: home },
  });
  const page = await application.firstWindow();
  const window = await application.browserWindow(page);
  await window.evaluate(
    (it: { setContentSize(width: number, height: number): void }, { width, height }) =>
      it.setContentSize(width, height),
    viewport,
  );
  const program = application.process();
  return {
    page,
    address: page.url(),
    close: () => application.close(),
    kill: async () => {
      const over = once(program, 'exit');
      program.kill('SIGKILL');
      await over;
    },
  };
}
