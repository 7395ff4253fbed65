import { expandPath, listFolder } from '../../core/files/list-folder.ts';
import { settingsInForce } from '../../core/settings/settings-in-force.ts';
import { os } from './implementer.ts';

/** What a person has chosen for this computer. */
export const settings = {
  get: os.settings.get.handler(({ context }) => settingsInForce(context.settings.get())),
  put: os.settings.put.handler(async ({ context, input }) => {
    const changes = { ...input };
    // A folder that cannot be used is refused now, not when the next project is made.
    if (changes.folder) changes.folder = (await listFolder(expandPath(changes.folder))).path;
    return settingsInForce(context.settings.put(changes));
  }),
};
