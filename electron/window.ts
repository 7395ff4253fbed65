import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import type { Rectangle } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';
import { refuseNavigation } from './permissions.ts';
import { groundColor } from './theme.ts';
import type { WindowStateFile } from './window-state.ts';

/** What the screens are laid out for. */
const LEAST = { width: 1024, height: 700 };
const FIRST = { width: 1440, height: 900 };

/**
 * The one window: a sandboxed page on `app://lacuna/` that reaches the system through the named functions of the preload
 * script only. Shown when its first picture is ready; place and size are kept in `state`.
 *
 * @param folder of the bundles; holds `preload.cjs`
 */
export function createWindow(folder: string, state: WindowStateFile): BrowserWindow {
  const { bounds, maximized } = state.get();
  const window = new BrowserWindow({
    title: 'Lacuna',
    ...FIRST,
    ...(bounds !== null && isOnScreen(bounds) ? bounds : {}),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    backgroundColor: groundColor(),
    show: false,
    webPreferences: {
      preload: join(folder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // Charts of a training go on while another program covers the window.
      backgroundThrottling: false,
    },
  });
  refuseNavigation(window.webContents);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => state.put({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  // The page's process may be lost (a graphics driver, memory); the core and its trainings go on without it.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** False when the screen that the window was on is no longer connected. */
function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const height = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    // Enough of it to be seen and dragged.
    return width >= 200 && height >= 100;
  });
}
