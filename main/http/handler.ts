import { RPCHandler } from '@orpc/server/fetch';
import type { LacunaCore } from '../core/lacuna-core.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { RecentProjects } from '../projects/recent-projects.ts';
import { bulkResponse } from './bulk/bulk-response.ts';
import { errorResponse } from './error-response.ts';
import { router } from './rpc/router.ts';
import { landingPage } from './landing-page.ts';

/** What the handler serves. */
export interface HandlerOptions {
  core: LacunaCore;
  recent: RecentProjects;
}

/**
 * The one door of the application: every host (Electron's `app://` scheme, the browser host, tests) hands its requests
 * to this function. It never throws; a failure is a response in plain words.
 */
export function createHandler({ core, recent }: HandlerOptions): (request: Request) => Promise<Response> {
  const rpc = new RPCHandler(router);
  return async (request) => {
    try {
      const { pathname } = new URL(request.url);
      if (pathname === '/' && request.method === 'GET') return landingPage();
      if (pathname.startsWith('/bulk/')) return await bulkResponse(core, request);
      if (pathname.startsWith('/rpc/')) {
        const { matched, response } = await rpc.handle(request, { prefix: '/rpc', context: { core, recent } });
        if (matched) return response;
      }
      throw new LacunaError('not-found', `There is nothing at ${pathname}.`, '');
    } catch (thrown) {
      return errorResponse(LacunaError.from(thrown));
    }
  };
}
