import type { LacunaCore } from '../core/lacuna-core.ts';
import type { LaunchFolder } from '../core/launch/launch-folder.ts';
import type { RecentPictures } from '../core/pictures/recent-pictures.ts';
import type { SettingsStore } from '../core/settings/settings-store.ts';
import type { RecentProjects } from '../projects/recent-projects.ts';

/** What the handler and its procedures work with. */
export interface Services {
  core: LacunaCore;
  recent: RecentProjects;
  /** Pictures for the recent list. */
  pictures: RecentPictures;
  settings: SettingsStore;
  /** Dropped files, and exports on their way to the browser. */
  launchFolder: LaunchFolder;
}
