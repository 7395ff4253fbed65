import type { Session, WebContents } from 'electron';
import { isAppAddress } from './app-scheme.ts';

/**
 * The one permission that is granted, to the window's own pages: copying a table as text. Reading the clipboard, camera,
 * notifications, devices and everything else are refused.
 */
const GRANTED = 'clipboard-sanitized-write';

/** Refuses what pages may ask of the system. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(permission === GRANTED && isAppAddress(details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === GRANTED && isAppAddress(origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
}

/** Keeps a page where it is: no other address, no further window, no page within it. */
export function refuseNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    // Loading the window anew is not going elsewhere.
    if (!isAppAddress(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
