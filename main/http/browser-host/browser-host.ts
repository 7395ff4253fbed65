import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequestListener } from '@remix-run/node-fetch-server';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { errorResponse } from '../error-response.ts';
import { createAccessGuard } from './access-guard.ts';

/** The same application as in Electron, served to a browser on this computer. */
export interface BrowserHost {
  /** `http://127.0.0.1:PORT`, without the secret. */
  origin: string;
  /** The address to open: it carries the secret of this launch. */
  address: string;
  token: string;
  close(): Promise<void>;
}

/**
 * Serves `handler` on 127.0.0.1 only, behind the access guard.
 * @param options.port 0 (default) lets the system choose. @param options.token for tests; made anew otherwise.
 */
export async function startBrowserHost(
  handler: (request: Request) => Promise<Response>,
  options: { port?: number; token?: string } = {},
): Promise<BrowserHost> {
  const token = options.token ?? randomBytes(24).toString('base64url');
  // An idle connection costs nothing here, and one that is closed just when it is used again fails a request.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 600_000 });
  await listen(server, options.port ?? 0);
  const port = (server.address() as AddressInfo).port;
  const guard = createAccessGuard(port, token);

  server.on(
    'request',
    createRequestListener(async (request) => {
      try {
        guard.check(request);
        if (guard.isLanding(request)) {
          return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': guard.cookie() } });
        }
        return withoutLeftovers(request, await handler(request));
      } catch (thrown) {
        return withoutLeftovers(request, errorResponse(LacunaError.from(thrown)));
      }
    }),
  );

  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    address: `${origin}/?token=${token}`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Event streams stay open for as long as a page listens; closing the host ends them.
        server.closeAllConnections();
      }),
  };
}

/**
 * A refused request may leave its body unread in the socket, where the next request of the same connection would wait
 * behind it for ever. Closing the connection after such an answer makes the client open a fresh one.
 */
function withoutLeftovers(request: Request, response: Response): Response {
  if (response.status >= 400 && request.body !== null) response.headers.set('connection', 'close');
  return response;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new LacunaError(
              'no-access',
              `Port ${port} is taken by another program.`,
              'Choose another with --port, or leave it out.',
            )
          : LacunaError.from(error),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
