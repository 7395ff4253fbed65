import { Menu } from 'electron';
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';
import { channels } from './channels.ts';
import { pickPaths } from './dialogs.ts';
import type { ProjectFiles } from './project-files.ts';

/**
 * The menu of the application. Its items run the window's commands by their ids; the window listens to the keys itself, so
 * the keys shown here are not registered a second time (macOS asks the page first and the menu only when it did not want
 * the key).
 */
export function setMenu(window: () => BrowserWindow | null, files: ProjectFiles): void {
  const item = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => window()?.webContents.send(channels.command, id),
  });
  const isMac = process.platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const openProject: MenuItemConstructorOptions = {
    label: 'Open Project…',
    accelerator: 'CmdOrCtrl+O',
    click: () =>
      void pickPaths({ kind: 'project', title: 'Open a project' }, window()).then(([path]) => {
        if (path !== undefined) files.open(path);
      }),
  };
  const steps = ['Import', 'Quality', 'Prepare', 'Learn', 'Explore', 'Score', 'Export'].map((step, i) =>
    item(step, `step-${step.toLowerCase()}`, `CmdOrCtrl+${i + 1}`),
  );
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,');
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac
        ? [
            {
              label: 'Lacuna',
              submenu: [
                { role: 'about' },
                separator,
                settings,
                separator,
                { role: 'hide' },
                { role: 'hideOthers' },
                { role: 'unhide' },
                separator,
                { role: 'quit' },
              ],
            } satisfies MenuItemConstructorOptions,
          ]
        : []),
      {
        label: '&File',
        submenu: [
          openProject,
          item('Start', 'start'),
          item('Close Project', 'close'),
          ...(isMac ? [] : ([separator, settings, separator, { role: 'quit' }] satisfies MenuItemConstructorOptions[])),
        ],
      },
      {
        label: '&Edit',
        submenu: [
          item('Undo', 'undo', 'CmdOrCtrl+Z'),
          item('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
          separator,
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' },
        ],
      },
      {
        label: '&View',
        submenu: [
          item('Find a Command, Gene or Run…', 'palette', 'CmdOrCtrl+K'),
          separator,
          ...steps,
          separator,
          item('Switch Between Light and Dark', 'theme'),
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
        ],
      },
      { label: '&Help', role: 'help', submenu: [item('Help and Shortcuts', 'help', 'F1')] },
    ]),
  );
}
