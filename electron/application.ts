import { join } from 'node:path';
import { app, nativeTheme, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { LacunaCore } from '../main/core/lacuna-core.ts';
import { SettingsStore } from '../main/core/settings/settings-store.ts';
import { createHandler } from '../main/http/handler.ts';
import { configFolder } from '../main/projects/recent/config-folder.ts';
import { RecentProjects } from '../main/projects/recent-projects.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { closeWithCare } from './close.ts';
import { answerDialogs } from './dialogs.ts';
import { setMenu } from './menu.ts';
import { refuseNavigation, refusePermissions } from './permissions.ts';
import { ProjectFiles } from './project-files.ts';
import { findResources } from './resources.ts';
import { answerSavePdf } from './save-pdf.ts';
import { followTheme } from './theme.ts';
import { utilityWorkerLauncher } from './utility-worker.ts';
import { WindowStateFile } from './window-state.ts';
import { createWindow } from './window.ts';

/**
 * Starts Lacuna as a desktop application: one process, one window, the core behind `app://lacuna/`. A second start hands
 * its project to the first and ends.
 *
 * @param folder of the bundles
 * @returns when the window is there; at once for a second start
 */
export async function startApplication(folder: string): Promise<void> {
  app.setName('Lacuna');
  // Beside the settings, so that LACUNA_HOME keeps everything apart, the one-at-a-time lock included.
  app.setPath('userData', join(configFolder(), 'window'));
  registerAppScheme();
  if (!app.requestSingleInstanceLock()) return app.quit();

  let window: BrowserWindow | null = null;
  const files = new ProjectFiles();
  files.openFromArguments(process.argv, process.cwd());
  app.on('second-instance', (_event, argv, workingFolder) => {
    files.openFromArguments(argv, workingFolder);
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('web-contents-created', (_event, contents) => refuseNavigation(contents));
  await app.whenReady();

  const state = new WindowStateFile(configFolder());
  const resources = findResources(folder, app.isPackaged ? process.resourcesPath : null);
  Object.assign(process.env, resources.env);
  const settings = new SettingsStore();
  nativeTheme.themeSource = settings.get().theme;
  const core = new LacunaCore({
    launcher: utilityWorkerLauncher(resources.worker),
    keepSpare: true,
    engine: () => settings.get(),
  });
  const recent = new RecentProjects();
  const handler = createHandler({ core, recent, settings, rendererFolder: resources.renderer });
  serveAppScheme(handler);
  refusePermissions(session.defaultSession);
  answerDialogs();
  answerSavePdf();
  followTheme();
  setMenu(() => window, files);
  window = createWindow(folder, state);
  closeWithCare(window, core, () => app.quit());
}
