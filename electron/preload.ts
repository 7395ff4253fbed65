import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { LacunaShell } from '../renderer/app/shell.ts';
import { channels } from './channels.ts';

/** What the window gets of the shell: these named functions, and neither Electron nor Node. */
const shell: Required<LacunaShell> = {
  pathOf: (file) => webUtils.getPathForFile(file),
  pick: ({ kind, title, many }) => ipcRenderer.invoke(channels.pick, { kind, title, many }) as Promise<string[]>,
  savePdf: ({ title, name }) => ipcRenderer.invoke(channels.savePdf, { title, name }) as Promise<string | null>,
  setTheme: (choice) => ipcRenderer.send(channels.theme, choice),
  onOpenProject: (listener) => {
    ipcRenderer.on(channels.openProject, (_event, path: string) => listener(path));
    ipcRenderer.send(channels.listening);
  },
  onCommand: (listener) => void ipcRenderer.on(channels.command, (_event, id: string) => listener(id)),
};

contextBridge.exposeInMainWorld('lacunaShell', shell);
