import { BrowserWindow, dialog, ipcMain } from 'electron';
import type { OpenDialogOptions } from 'electron';
import { z } from 'zod';
import type { PickKind } from '../renderer/app/shell.ts';
import { channels } from './channels.ts';
import { isTrustedSender } from './trusted-sender.ts';

const pickSchema = z.strictObject({
  kind: z.enum(['data', 'project', 'labels', 'folder'] satisfies PickKind[]),
  title: z.string().min(1).max(200),
  many: z.boolean().optional(),
});

type Property = NonNullable<OpenDialogOptions['properties']>[number];

/** What each kind of dialog offers. */
const KINDS: Record<PickKind, { properties: Property[]; filters: { name: string; extensions: string[] }[] }> = {
  // Without a filter by extension: the formats have many, and what a file is its content tells.
  data: { properties: ['openFile'], filters: [] },
  project: { properties: ['openFile'], filters: [{ name: 'Lacuna project', extensions: ['lacuna'] }] },
  labels: {
    properties: ['openFile'],
    filters: [
      { name: 'Table', extensions: ['csv', 'tsv', 'txt', 'gz'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  folder: { properties: ['openDirectory', 'createDirectory'], filters: [] },
};

/** Answers the window's requests for a native dialog. */
export function answerDialogs(): void {
  ipcMain.handle(channels.pick, async (event, request: unknown): Promise<string[]> => {
    if (!isTrustedSender(event)) throw new Error('Only the window of Lacuna may ask for files.');
    return await pickPaths(pickSchema.parse(request), BrowserWindow.fromWebContents(event.sender));
  });
}

/** A native dialog over `window`. Answers the chosen paths; none when the person cancelled. */
export async function pickPaths(request: z.infer<typeof pickSchema>, window: BrowserWindow | null): Promise<string[]> {
  const { properties, filters } = KINDS[request.kind];
  const options: OpenDialogOptions = {
    title: request.title,
    // macOS shows no title, but this line.
    message: request.title,
    filters,
    // One macOS dialog can choose files and folders alike; those of the other systems choose one or the other.
    properties: [
      ...properties,
      ...(request.many ? (['multiSelections'] as const) : []),
      ...(request.kind === 'data' && process.platform === 'darwin' ? (['openDirectory'] as const) : []),
    ],
  };
  const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return answer.canceled ? [] : answer.filePaths;
}
