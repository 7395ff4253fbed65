import { ipcMain, nativeTheme } from 'electron';
import { settingsSchema } from '../main/core/settings/settings.ts';
import { channels } from './channels.ts';
import { isTrustedSender } from './trusted-sender.ts';

const themeSchema = settingsSchema.shape.theme.unwrap();

/** Colour of a window that has painted nothing yet: the page's own ground, so that opening it does not flash. */
export function groundColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#14181c' : '#ffffff';
}

/** Follows the choice made in the window, which keeps it: frame, menus and native dialogs take its colours. */
export function followTheme(): void {
  ipcMain.on(channels.theme, (event, choice: unknown) => {
    const parsed = themeSchema.safeParse(choice);
    if (!isTrustedSender(event) || !parsed.success) return;
    nativeTheme.themeSource = parsed.data;
  });
}
