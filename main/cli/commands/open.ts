import { LaunchFolder } from '../../core/launch/launch-folder.ts';
import { RecentProjects } from '../../projects/recent-projects.ts';
import { startBrowserHost } from '../../http/browser-host/browser-host.ts';
import { createHandler } from '../../http/handler.ts';
import { parseWhole, type GlobalOptions } from '../cli-context.ts';
import { openBrowser } from '../open-browser.ts';
import type { Register } from '../program.ts';

export const registerOpen: Register = (program, run) => {
  program
    .command('open')
    .argument('[project]', 'project file to open first')
    .option('--port <number>', 'port on this computer; the system chooses one when left out')
    .option('--browse', 'open the default browser, where there is a display')
    .description('serve Lacuna to this computer (127.0.0.1) until Ctrl-C; prints the address')
    .action((path: string | undefined, options: GlobalOptions & { port?: string; browse?: boolean }) =>
      run(options, async (context) => {
        const port = options.port === undefined ? 0 : parseWhole('--port', options.port, 0);
        const recent = new RecentProjects();
        const launchFolder = new LaunchFolder();
        const project = path === undefined ? null : context.openProject(path).info();
        if (project !== null) recent.add(project.path, project.title);
        const handler = createHandler({ core: context.core, recent, settings: context.settings, launchFolder });
        const host = await startBrowserHost(handler, { port });
        context.print(
          { origin: host.origin, address: host.address, token: host.token, project },
          `Lacuna is at ${host.address}\nThe address carries the secret of this launch: whoever has it can use Lacuna. Ctrl-C ends it.`,
        );
        if (options.browse) openBrowser(host.address);
        await context.stopped();
        await host.close();
        launchFolder.remove();
      }),
    );
};
