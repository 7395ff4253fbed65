import { RPCHandler } from '@orpc/server/fetch';
import type { LacunaCore } from '../core/lacuna-core.ts';
import { LaunchFolder } from '../core/launch/launch-folder.ts';
import { RecentPictures } from '../core/pictures/recent-pictures.ts';
import { SettingsStore } from '../core/settings/settings-store.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { RecentProjects } from '../projects/recent-projects.ts';
import { bulkResponse } from './bulk/bulk-response.ts';
import { pictureResponse } from './bulk/picture-response.ts';
import { errorResponse } from './error-response.ts';
import { downloadResponse } from './files/download-response.ts';
import { uploadResponse } from './files/upload-response.ts';
import { landingPage } from './landing-page.ts';
import { router } from './rpc/router.ts';
import type { Services } from './services.ts';
import { findRendererFolder } from './window/renderer-folder.ts';
import { windowResponse } from './window/window-response.ts';

/** What the handler serves. */
export interface HandlerOptions {
  core: LacunaCore;
  recent: RecentProjects;
  /** Left out: those in the person's folder. */
  settings?: SettingsStore;
  /** Left out: one that is removed when the process ends. */
  launchFolder?: LaunchFolder;
  /** The built window; null for none. Left out: looked for. */
  rendererFolder?: string | null;
}

/**
 * The one door of the application: every host (Electron's `app://` scheme, the browser host, tests) hands its requests
 * to this function. It never throws; a failure is a response in plain words.
 */
export function createHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  const { core, recent } = options;
  const services: Services = {
    core,
    recent,
    settings: options.settings ?? new SettingsStore(),
    launchFolder: options.launchFolder ?? new LaunchFolder(),
    pictures: new RecentPictures(recent),
  };
  const rendererFolder = options.rendererFolder === undefined ? findRendererFolder() : options.rendererFolder;
  const rpc = new RPCHandler(router);
  return async (request) => {
    try {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.startsWith('/rpc/')) {
        const { matched, response } = await rpc.handle(request, { prefix: '/rpc', context: services });
        if (matched) return response;
        throw new LacunaError('not-found', `There is no procedure at ${pathname}.`, '');
      }
      if (pathname.startsWith('/bulk/')) return await bulkResponse(core, request);
      if (pathname.startsWith('/upload/')) return await uploadResponse(services.launchFolder, request);
      if (pathname.startsWith('/download/')) return await downloadResponse(core, request);
      if (pathname === '/thumbnail') return pictureResponse(services.pictures.get(searchParams.get('path') ?? ''));
      if (rendererFolder !== null) {
        return await windowResponse(rendererFolder, request, () => services.settings.get().theme);
      }
      if (pathname === '/' && request.method === 'GET') return landingPage();
      throw new LacunaError('not-found', `There is nothing at ${pathname}.`, '');
    } catch (thrown) {
      return errorResponse(LacunaError.from(thrown));
    }
  };
}
