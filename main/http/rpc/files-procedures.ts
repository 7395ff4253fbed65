import { freePath } from '../../core/files/free-path.ts';
import { expandPath, listFolder } from '../../core/files/list-folder.ts';
import { makeFolder } from '../../core/files/make-folder.ts';
import { places } from '../../core/files/places.ts';
import { saveFigure } from '../../core/launch/save-figure.ts';
import { projectFolder } from '../../core/settings/project-folder.ts';
import { os } from './implementer.ts';

/** Folders of this computer, for the file picker inside the window. */
export const files = {
  places: os.files.places.handler(({ context }) =>
    places(context.recent.list(), projectFolder(context.settings.get())),
  ),
  list: os.files.list.handler(async ({ context, input }) => {
    if (input.path !== undefined) return listFolder(input.path);
    // The folder for projects is made with the first project.
    return listFolder(projectFolder(context.settings.get())).catch(() => listFolder('~'));
  }),
  makeFolder: os.files.makeFolder.handler(async ({ input }) => ({ path: await makeFolder(input.parent, input.name) })),
  freePath: os.files.freePath.handler(({ context, input }) => ({
    path: freePath(expandPath(input.folder ?? projectFolder(context.settings.get())), input.name),
  })),
  saveFigure: os.files.saveFigure.handler(async ({ context, input }) => {
    const out = expandPath(input.out);
    return { path: out, bytes: await saveFigure(context.launchFolder, { ...input, out }) };
  }),
};
