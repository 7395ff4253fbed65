import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { LacunaContract } from '../../contract/contract.ts';
import { LaunchFolder } from '../../core/launch/launch-folder.ts';
import { LacunaCore } from '../../core/lacuna-core.ts';
import { SettingsStore } from '../../core/settings/settings-store.ts';
import { RecentProjects } from '../../projects/recent-projects.ts';
import { startBrowserHost } from '../browser-host/browser-host.ts';
import { createHandler } from '../handler.ts';

/** The whole service as another program uses it: over HTTP, with the real worker process, in a folder of its own. */
export interface RunningService {
  /** Removed by `close`. */
  folder: string;
  core: LacunaCore;
  client: ContractRouterClient<LacunaContract>;
  /** A request with the secret of this launch. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Follows the event stream until the job is over. */
  whenOver(job: string): Promise<{ state: string; result: unknown; error: { what: string } | null }>;
  close(): Promise<void>;
}

/** @param options.rendererFolder the built window to serve; default none */
export async function startService(options: { rendererFolder?: string } = {}): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-service-'));
  const home = join(folder, 'home');
  const settings = new SettingsStore(home);
  settings.put({ folder: join(folder, 'projects') });
  const core = new LacunaCore({ engine: () => settings.get() });
  const launchFolder = new LaunchFolder(folder);
  const host = await startBrowserHost(
    createHandler({
      core,
      recent: new RecentProjects(home),
      settings,
      launchFolder,
      rendererFolder: options.rendererFolder ?? null,
    }),
  );
  const headers = { authorization: `Bearer ${host.token}` };
  const client: RunningService['client'] = createORPCClient(new RPCLink({ url: `${host.origin}/rpc`, headers }));
  return {
    folder,
    core,
    client,
    fetch: (path, init) => fetch(host.origin + path, { ...init, headers: { ...headers, ...init?.headers } }),
    async whenOver(job) {
      for await (const event of await client.jobs.events()) {
        if (event.job.id === job && ['done', 'failed', 'cancelled'].includes(event.job.state)) return event.job;
      }
      throw new Error('The stream ended before the job.');
    },
    async close() {
      await host.close();
      await core.close();
      launchFolder.remove();
      rmSync(folder, { recursive: true });
    },
  };
}
