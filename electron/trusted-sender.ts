import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { isAppAddress } from './app-scheme.ts';

/** Whether a message comes from the window's own page, and not from a page within it or one from elsewhere. */
export function isTrustedSender({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  // A frame that was left or closed meanwhile is null.
  return senderFrame !== null && senderFrame.parent === null && isAppAddress(senderFrame.url);
}
