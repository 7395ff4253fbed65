import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bulkRoutes } from '../../contract/bulk-routes.ts';
import { makeProjectFolder } from '../../core/files/make-project-folder.ts';
import { projectFolder } from '../../core/settings/project-folder.ts';
import { deleteProject } from '../../projects/delete-project.ts';
import { os } from './implementer.ts';

/** Project files: create, open, close, the recent list. */
export const projects = {
  recent: os.projects.recent.handler(({ context }) =>
    context.recent.list().map((project) => ({
      ...project,
      thumbnail: context.pictures.has(project) ? bulkRoutes.recentThumbnail(project.path) : null,
    })),
  ),
  create: os.projects.create.handler(({ context, input }) => {
    // The folder where projects go by default is made with the first of them; any other has to be there.
    const folder = projectFolder(context.settings.get());
    if (dirname(resolve(input.path)) === resolve(folder)) makeProjectFolder(folder);
    const { path, title, provisional } = input;
    const info = context.core.createProject(path, title, { provisional }).info();
    // One that may go again is listed when an import begins.
    if (!provisional) context.recent.add(info.path, info.title);
    return info;
  }),
  opened: os.projects.opened.handler(({ context }) => context.core.openProjects().map((project) => project.info())),
  open: os.projects.open.handler(({ context, input }) => {
    const info = context.core.openProject(input.path).info();
    context.recent.add(info.path, info.title);
    return info;
  }),
  info: os.projects.info.handler(({ context, input }) => context.core.project(input.project).info()),
  close: os.projects.close.handler(async ({ context, input }) => {
    const { path } = context.core.project(input.project);
    await context.core.closeProject(input.project);
    if (!existsSync(path)) context.recent.remove(path);
    return {};
  }),
  rename: os.projects.rename.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    project.rename(input.title);
    context.recent.rename(project.path, input.title);
    return project.info();
  }),
  copyTo: os.projects.copyTo.handler(async ({ context, input }) => {
    await context.core.project(input.project).copyTo(input.path);
    return {};
  }),
  forget: os.projects.forget.handler(({ context, input }) => {
    context.recent.remove(input.path);
    return {};
  }),
  remove: os.projects.remove.handler(({ context, input }) => {
    deleteProject(input.path);
    context.recent.remove(input.path);
    return {};
  }),
};
