import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { channels } from './channels.ts';
import * as electron from './testing/fake-electron.ts';
import { cancellable, FakeBrowserWindow, type FakeFrame } from './testing/fake-electron.ts';

vi.mock('electron', () => import('./testing/fake-electron.ts'));

const home = mkdtempSync(join(tmpdir(), 'lacuna-shell-'));
const bundles = join(home, 'dist', 'electron');
const page: FakeFrame = { url: 'app://lacuna/', parent: null };
const strangers: [string, FakeFrame | null][] = [
  ['a page from elsewhere', { url: 'https://example.org/', parent: null }],
  ['another host of the scheme', { url: 'app://other/', parent: null }],
  ['a page within the page', { url: 'app://lacuna/', parent: page }],
  ['a frame that is gone', null],
];
let window: FakeBrowserWindow;

beforeAll(async () => {
  vi.stubEnv('LACUNA_HOME', home);
  mkdirSync(join(home, 'dist', 'renderer'), { recursive: true });
  writeFileSync(join(home, 'dist', 'renderer', 'index.html'), '<!doctype html><title>The window</title>');
  const { WindowStateFile } = await import('./window-state.ts');
  new WindowStateFile(home).put({ bounds: { x: 50, y: 60, width: 1300, height: 850 }, maximized: true });
  const { SettingsStore } = await import('../main/core/settings/settings-store.ts');
  new SettingsStore(home).put({ theme: 'dark' });
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['lacuna', '--flag', 'first.lacuna']);
  vi.spyOn(process, 'cwd').mockReturnValue(home);
  const { startApplication } = await import('./application.ts');
  await startApplication(bundles);
  vi.restoreAllMocks();
  [window] = FakeBrowserWindow.all;
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const served = (address: string, init?: RequestInit) =>
  electron.protocol.handlers.get('app')!(new Request(address, init));

describe('the window', () => {
  it('is one sandboxed page without Node', () => {
    expect(FakeBrowserWindow.all).toHaveLength(1);
    expect(window.loaded).toBe('app://lacuna/');
    expect(window.options).toMatchObject({ title: 'Lacuna', minWidth: 1024, minHeight: 700, show: false });
    expect(window.options.webPreferences).toEqual({
      preload: join(bundles, 'preload.cjs'),
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
      backgroundThrottling: false,
    });
  });

  it('opens as it was left, on a ground of its theme, and shows itself when it has a picture', () => {
    expect(window.options).toMatchObject({ x: 50, y: 60, width: 1300, height: 850, backgroundColor: '#14181c' });
    expect(electron.nativeTheme.themeSource).toBe('dark');
    expect(window.calls).not.toContain('show');
    window.emit('ready-to-show');
    expect(window.calls).toEqual(expect.arrayContaining(['maximize', 'show']));
  });

  it('is loaded again when its process is lost, and not when it ended as it should', () => {
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(window.webContents.reloaded).toBe(0);
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.webContents.reloaded).toBe(1);
  });
});

describe('app://lacuna', () => {
  it('is registered before the application is ready, with the privileges that the page needs and no others', () => {
    expect(electron.app.order).toEqual(['schemes', 'lock', 'ready']);
    expect(electron.protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]);
  });

  it('serves the window and its policy by the one handler', async () => {
    const response = await served('app://lacuna/');
    expect(await response.text()).toContain('The window');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe-eval');
  });

  it('answers procedures', async () => {
    const response = await served('app://lacuna/rpc/app/info', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ json: { node: process.versions.node } });
  });

  it('is nowhere under another host', async () => {
    expect((await served('app://other/')).status).toBe(404);
  });
});

describe('what is refused', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fullscreen',
    'hid',
    'fileSystem',
  ])('the permission %s', (permission) => {
    const answer = vi.fn();
    electron.session.defaultSession.request!(null, permission, answer, { requestingUrl: page.url });
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
    expect(electron.session.defaultSession.check!(null, permission, page.url)).toBe(false);
  });

  it('devices', () => expect(electron.session.defaultSession.device!()).toBe(false));

  it('everything but copying text, and that to other pages', () => {
    const { check } = electron.session.defaultSession;
    expect(check!(null, 'clipboard-sanitized-write', page.url)).toBe(true);
    expect(check!(null, 'clipboard-sanitized-write', 'https://example.org')).toBe(false);
  });

  it('leaving the page', () => {
    for (const url of ['https://example.org/', 'file:///etc/passwd', 'app://other/', 'data:text/html,x']) {
      for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
        const event = cancellable({ url, isMainFrame: true });
        window.webContents.emit(name, event);
        expect(event.prevented, `${name} to ${url}`).toBe(true);
      }
    }
    const again = cancellable({ url: 'app://lacuna/', isMainFrame: true });
    window.webContents.emit('will-navigate', again);
    window.webContents.emit('will-frame-navigate', again);
    expect(again.prevented).toBe(false);
  });

  it('pages within the page, web views and further windows', () => {
    const frame = cancellable({ url: 'app://lacuna/', isMainFrame: false });
    window.webContents.emit('will-frame-navigate', frame);
    expect(frame.prevented).toBe(true);
    const view = cancellable();
    window.webContents.emit('will-attach-webview', view);
    expect(view.prevented).toBe(true);
    expect(window.webContents.openHandler!({ url: 'app://lacuna/' })).toEqual({ action: 'deny' });
  });
});

describe('native dialogs', () => {
  const request = { kind: 'project', title: 'Open a project' };

  it('answer the window with the chosen paths', async () => {
    electron.dialog.paths = ['/p.lacuna'];
    expect(await electron.ipcMain.ask(channels.pick, page, window.webContents, request)).toEqual(['/p.lacuna']);
    expect(electron.dialog.openDialogs.at(-1)).toMatchObject({
      title: 'Open a project',
      properties: ['openFile'],
      filters: [{ name: 'Lacuna project', extensions: ['lacuna'] }],
    });
    electron.dialog.paths = [];
    expect(await electron.ipcMain.ask(channels.pick, page, window.webContents, request)).toEqual([]);
  });

  it.each(strangers)('are not shown to %s', async (_name, frame) => {
    const shown = electron.dialog.openDialogs.length;
    await expect(electron.ipcMain.ask(channels.pick, frame, window.webContents, request)).rejects.toThrow();
    expect(electron.dialog.openDialogs).toHaveLength(shown);
  });

  it.each([[{ kind: 'anything', title: 'x' }], [{ kind: 'data' }], [{ ...request, defaultPath: '/etc' }], [null]])(
    'refuse %j',
    async (wrong) => {
      const shown = electron.dialog.openDialogs.length;
      await expect(electron.ipcMain.ask(channels.pick, page, window.webContents, wrong)).rejects.toThrow();
      expect(electron.dialog.openDialogs).toHaveLength(shown);
    },
  );
});

describe('a PDF of the window', () => {
  const request = { title: 'Save the report as PDF', name: 'liver-report.pdf' };
  const ask = (frame: FakeFrame | null, what: unknown): Promise<unknown> =>
    electron.ipcMain.ask(channels.savePdf, frame, window.webContents, what);

  it('is written where the person says, on A4 with the page\u2019s own margins', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lacuna-pdf-'));
    electron.dialog.savePath = join(folder, 'r.pdf');
    expect(await ask(page, request)).toBe(join(folder, 'r.pdf'));
    expect(electron.dialog.saveDialogs.at(-1)).toMatchObject({ defaultPath: 'liver-report.pdf' });
    expect(window.webContents.printed.at(-1)).toMatchObject({
      pageSize: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
    });
    expect(readFileSync(join(folder, 'r.pdf'), 'utf8')).toMatch(/^%PDF/);
    rmSync(folder, { recursive: true });
  });

  it('is not made when the person cancels, for strangers, or under a name that is a path', async () => {
    const before = window.webContents.printed.length;
    electron.dialog.savePath = '';
    expect(await ask(page, request)).toBeNull();
    for (const [, frame] of strangers) await expect(ask(frame, request)).rejects.toThrow();
    for (const name of ['../x.pdf', 'x.exe', '/etc/x.pdf'])
      await expect(ask(page, { ...request, name })).rejects.toThrow();
    expect(window.webContents.printed).toHaveLength(before);
  });
});

describe('theme', () => {
  it('follows the window alone', () => {
    for (const [, frame] of strangers) electron.ipcMain.say(channels.theme, frame, window.webContents, 'light');
    electron.ipcMain.say(channels.theme, page, window.webContents, 'pink');
    expect(electron.nativeTheme.themeSource).toBe('dark');
    electron.ipcMain.say(channels.theme, page, window.webContents, 'light');
    expect(electron.nativeTheme.themeSource).toBe('light');
  });
});

describe('project files', () => {
  const opened = () => window.webContents.sent.filter(([channel]) => channel === channels.openProject);

  it('that the command line names wait until the window listens', () => {
    for (const [, frame] of strangers) electron.ipcMain.say(channels.listening, frame, window.webContents);
    expect(opened()).toEqual([]);
    electron.ipcMain.say(channels.listening, page, window.webContents);
    expect(opened()).toEqual([[channels.openProject, join(home, 'first.lacuna')]]);
  });

  it('of a second start are opened in the first window, which comes to the front', () => {
    electron.app.emit('second-instance', {}, ['lacuna', 'second.lacuna'], '/elsewhere');
    expect(opened().at(-1)).toEqual([channels.openProject, join('/elsewhere', 'second.lacuna')]);
    expect(window.calls).toEqual(expect.arrayContaining(['restore', 'focus']));
  });

  it('that macOS wants opened are opened', () => {
    const event = cancellable();
    electron.app.emit('open-file', event, '/third.lacuna');
    expect(event.prevented).toBe(true);
    expect(opened().at(-1)).toEqual([channels.openProject, '/third.lacuna']);
  });

  it('chosen from the menu are opened; other items run commands of the window', async () => {
    const items = electron.Menu.template.flatMap((menu) => menu.submenu ?? []);
    electron.dialog.paths = ['/fourth.lacuna'];
    items.find((item) => item.label === 'Open Project…')!.click!();
    await vi.waitFor(() => expect(opened().at(-1)).toEqual([channels.openProject, '/fourth.lacuna']));
    items.find((item) => item.label === 'Undo')!.click!();
    expect(window.webContents.sent.at(-1)).toEqual([channels.command, 'undo']);
  });
});

it('starts a worker ahead as a utility process, from the bundle beside the main process', () => {
  expect(electron.utilityProcess.forks[0]).toMatchObject({ program: join(bundles, 'worker', 'worker.js') });
});

it('keeps the browser profile with the settings', () => {
  expect(electron.app.paths.userData).toBe(join(home, 'window'));
});

it('ends at once when Lacuna runs already', async () => {
  electron.app.lockIsFree = false;
  const quits = electron.app.quits;
  const { startApplication } = await import('./application.ts');
  await startApplication(bundles);
  expect(electron.app.quits).toBe(quits + 1);
  expect(FakeBrowserWindow.all).toHaveLength(1);
});

it('keeps place and size when it closes, ends its workers, and quits', async () => {
  const { child } = electron.utilityProcess.forks[0];
  window.maximized = false;
  expect(window.pressClose()).toBe(false);
  await vi.waitFor(() => expect(child.terminated).toBe(1));
  child.emit('exit', 15);
  child.stderr.emit('end');
  const quits = electron.app.quits;
  await vi.waitFor(() => expect(electron.app.quits).toBeGreaterThan(quits));
  expect(window.destroyed).toBe(true);
  expect(electron.dialog.questions).toEqual([]);
  expect(JSON.parse(readFileSync(join(home, 'window.json'), 'utf8'))).toMatchObject({
    bounds: window.bounds,
    maximized: false,
  });
});
