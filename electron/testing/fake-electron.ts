import { EventEmitter } from 'node:events';

/**
 * A stand-in for the module `electron`, for tests of the shell: it records what it is told and lets a test play the system
 * and the person. It shows how the shell uses Electron, not what Electron does.
 */

/** One `<iframe>` or page as Electron hands it to message listeners. */
export interface FakeFrame {
  url: string;
  parent: FakeFrame | null;
}

class FakeWebContents extends EventEmitter {
  sent: unknown[][] = [];
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  reloaded = 0;
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  printed: Record<string, unknown>[] = [];
  async printToPDF(options: Record<string, unknown>): Promise<Buffer> {
    this.printed.push(options);
    return Buffer.from('%PDF-1.7 made by a stand-in');
  }
  isDestroyed(): boolean {
    return false;
  }
  reload(): void {
    this.reloaded++;
  }
}

export class FakeBrowserWindow extends EventEmitter {
  static readonly all: FakeBrowserWindow[] = [];
  static fromWebContents(contents: unknown): FakeBrowserWindow | null {
    return FakeBrowserWindow.all.find((window) => window.webContents === contents) ?? null;
  }
  readonly webContents = new FakeWebContents();
  readonly options: Record<string, unknown>;
  readonly calls: string[] = [];
  loaded = '';
  bounds = { x: 10, y: 20, width: 1200, height: 800 };
  maximized = false;
  destroyed = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    FakeBrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
  }
  getNormalBounds(): object {
    return this.bounds;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return true;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  maximize(): void {
    this.calls.push('maximize');
  }
  show(): void {
    this.calls.push('show');
  }
  hide(): void {
    this.calls.push('hide');
  }
  focus(): void {
    this.calls.push('focus');
  }
  restore(): void {
    this.calls.push('restore');
  }
  destroy(): void {
    this.destroyed = true;
    this.calls.push('destroy');
  }
  /** The person presses the window's close button; true when the window would close at once. */
  pressClose(): boolean {
    const event = cancellable();
    this.emit('close', event);
    return !event.prevented;
  }
}

/** An event that a listener may call off. */
export function cancellable<Fields extends object>(fields?: Fields) {
  const event = {
    ...(fields as Fields),
    prevented: false,
    preventDefault() {
      event.prevented = true;
    },
  };
  return event;
}

class FakeApp extends EventEmitter {
  name = '';
  isPackaged = false;
  paths: Record<string, string> = {};
  lockIsFree = true;
  quits = 0;
  /** What happened, in order. */
  order: string[] = [];
  setName(name: string): void {
    this.name = name;
  }
  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  requestSingleInstanceLock(): boolean {
    this.order.push('lock');
    return this.lockIsFree;
  }
  async whenReady(): Promise<void> {
    this.order.push('ready');
  }
  quit(): void {
    this.quits++;
  }
  exit(): void {
    this.quits++;
  }
}

export const app = new FakeApp();

export const protocol = {
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  handlers: new Map<string, (request: Request) => Response | Promise<Response>>(),
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]) {
    app.order.push('schemes');
    protocol.schemes.push(...schemes);
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>) {
    protocol.handlers.set(scheme, handler);
  },
};

type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void;

export const session = {
  defaultSession: {
    request: null as PermissionRequest | null,
    check: null as ((contents: unknown, permission: string, origin: string) => boolean) | null,
    device: null as (() => boolean) | null,
    setPermissionRequestHandler(handler: PermissionRequest) {
      session.defaultSession.request = handler;
    },
    setPermissionCheckHandler(handler: (contents: unknown, permission: string, origin: string) => boolean) {
      session.defaultSession.check = handler;
    },
    setDevicePermissionHandler(handler: () => boolean) {
      session.defaultSession.device = handler;
    },
    setDisplayMediaRequestHandler() {},
  },
};

/** Messages from pages; `ask` and `say` play a page. */
class FakeIpcMain extends EventEmitter {
  readonly answers = new Map<string, (event: object, ...args: unknown[]) => unknown>();
  handle(channel: string, answer: (event: object, ...args: unknown[]) => unknown): void {
    this.answers.set(channel, answer);
  }
  async ask(channel: string, senderFrame: FakeFrame | null, sender: unknown, ...args: unknown[]): Promise<unknown> {
    return await this.answers.get(channel)?.({ senderFrame, sender }, ...args);
  }
  say(channel: string, senderFrame: FakeFrame | null, sender: unknown, ...args: unknown[]): void {
    this.emit(channel, { senderFrame, sender }, ...args);
  }
}
export const ipcMain = new FakeIpcMain();

export const dialog = {
  /** What the person will answer. */
  paths: [] as string[],
  button: 0,
  openDialogs: [] as Record<string, unknown>[],
  questions: [] as Record<string, unknown>[],
  async showOpenDialog(...args: unknown[]) {
    dialog.openDialogs.push(args.at(-1) as Record<string, unknown>);
    return { canceled: dialog.paths.length === 0, filePaths: dialog.paths };
  },
  /** Where the person saves; '' when the person cancels. */
  savePath: '',
  saveDialogs: [] as Record<string, unknown>[],
  async showSaveDialog(...args: unknown[]) {
    dialog.saveDialogs.push(args.at(-1) as Record<string, unknown>);
    return { canceled: dialog.savePath === '', filePath: dialog.savePath };
  },
  async showMessageBox(...args: unknown[]) {
    dialog.questions.push(args.at(-1) as Record<string, unknown>);
    return { response: dialog.button };
  },
  showErrorBox(title: string, text: string) {
    throw new Error(`${title}: ${text}`);
  },
};

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: true };

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};

interface FakeMenuItem {
  label?: string;
  role?: string;
  submenu?: FakeMenuItem[];
  click?: () => void;
}
export const Menu = {
  template: [] as FakeMenuItem[],
  buildFromTemplate: (template: FakeMenuItem[]) => template,
  setApplicationMenu(template: FakeMenuItem[]) {
    Menu.template = template;
  },
};

/** A utility process that a test plays. */
export class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined;
  posted: unknown[] = [];
  readonly stderr = Object.assign(new EventEmitter(), { setEncoding() {} });
  terminated = 0;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.terminated++;
    return true;
  }
}
export const utilityProcess = {
  forks: [] as { program: string; args: string[]; options: Record<string, unknown>; child: FakeUtilityProcess }[],
  fork(program: string, args: string[], options: Record<string, unknown>) {
    const child = new FakeUtilityProcess();
    utilityProcess.forks.push({ program, args, options, child });
    return child;
  },
};

/** The preload script's side. */
export const contextBridge = {
  exposed: new Map<string, Record<string, (...args: never[]) => unknown>>(),
  exposeInMainWorld(name: string, api: Record<string, (...args: never[]) => unknown>) {
    contextBridge.exposed.set(name, api);
  },
};
class FakeIpcRenderer extends EventEmitter {
  invoked: unknown[][] = [];
  sent: unknown[][] = [];
  async invoke(...message: unknown[]): Promise<string[]> {
    this.invoked.push(message);
    return ['/data/a.h5'];
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
}
export const ipcRenderer = new FakeIpcRenderer();
export const webUtils = { getPathForFile: (file: File) => `/dropped/${file.name}` };

export { FakeBrowserWindow as BrowserWindow };
