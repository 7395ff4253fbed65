import { protocol } from 'electron';

/** Where the window lives. A scheme of our own: no port is opened, and no other program can reach it. */
export const APP_ORIGIN = 'app://lacuna';

/** Tells Chromium what `app://` is. To be called before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/**
 * Serves `app://lacuna/` by the one handler of the application; any other host of the scheme is nowhere.
 *
 * @param handler of `createHandler`; it answers failures itself and never rejects
 */
export function serveAppScheme(handler: (request: Request) => Promise<Response>): void {
  protocol.handle('app', (request) =>
    isAppAddress(request.url) ? handler(request) : new Response('There is nothing here.', { status: 404 }),
  );
}

/** Whether an address is a page or file of the window itself. */
export function isAppAddress(address: string): boolean {
  try {
    const { protocol: scheme, host } = new URL(address);
    return scheme === 'app:' && host === 'lacuna';
  } catch {
    return false;
  }
}
