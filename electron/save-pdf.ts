import { writeFile } from 'node:fs/promises';
import { BrowserWindow, dialog, ipcMain } from 'electron';
import { z } from 'zod';
import { writeFileAtomically } from '../main/export/atomic-target.ts';
import { channels } from './channels.ts';
import { isTrustedSender } from './trusted-sender.ts';

const requestSchema = z.strictObject({
  title: z.string().min(1).max(200),
  name: z
    .string()
    .max(200)
    .regex(/^[^\\/:*?"<>|]+\.pdf$/),
});

/**
 * Answers the window's requests to print itself into a PDF on A4, where the person says. What is printed is what the
 * window's print style shows; the margins are those of its `@page`.
 */
export function answerSavePdf(): void {
  ipcMain.handle(channels.savePdf, async (event, request: unknown): Promise<string | null> => {
    if (!isTrustedSender(event)) throw new Error('Only the window of Lacuna may be printed.');
    const { title, name } = requestSchema.parse(request);
    const window = BrowserWindow.fromWebContents(event.sender);
    const options = { title, defaultPath: name, filters: [{ name: 'PDF', extensions: ['pdf'] }] };
    const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
    if (answer.canceled || answer.filePath === '') return null;
    const pdf = await event.sender.printToPDF({
      pageSize: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    // The dialog has asked already whether a file of that name may be replaced.
    await writeFileAtomically(answer.filePath, true, (temporary) => writeFile(temporary, pdf));
    return answer.filePath;
  });
}
