import { statSync } from 'node:fs';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { peekThumbnail } from '../../projects/peek-thumbnail.ts';
import type { Picture } from '../../projects/project.types.ts';
import type { RecentProject, RecentProjects } from '../../projects/recent-projects.ts';

/** Pictures of the projects on the recent list; each is read again only when its file has changed. */
export class RecentPictures {
  readonly #recent: RecentProjects;
  readonly #seen = new Map<string, { stamp: string; picture: Picture | null }>();

  constructor(recent: RecentProjects) {
    this.#recent = recent;
  }

  has(project: RecentProject): boolean {
    return project.exists && this.#look(project.path) !== null;
  }

  /**
   * The picture of a project on the recent list; other files are not looked into.
   *
   * @throws LacunaError `not-found`
   */
  get(path: string): Picture {
    const listed = this.#recent.list().some((project) => project.path === path && project.exists);
    const picture = listed ? this.#look(path) : null;
    if (picture === null) throw new LacunaError('not-found', 'This project has no picture yet.', '');
    return picture;
  }

  #look(path: string): Picture | null {
    const stamp = stampOf(path);
    const seen = this.#seen.get(path);
    if (seen?.stamp === stamp) return seen.picture;
    const picture = peekThumbnail(path);
    this.#seen.set(path, { stamp, picture });
    return picture;
  }
}

/** Size and time of the file and of its write-ahead log. */
function stampOf(path: string): string {
  return [path, `${path}-wal`]
    .map((file) => statSync(file, { throwIfNoEntry: false }))
    .map((info) => (info ? `${info.size}@${info.mtimeMs}` : ''))
    .join(' ');
}
