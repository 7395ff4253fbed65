import type { z } from 'zod';
import type { recentProjectSchema } from '../../../main/contract/entities/project.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';

export type RecentProject = z.infer<typeof recentProjectSchema>;

/** The recent list. It is read anew whenever it is shown: the terminal program may have opened projects meanwhile. */
class Recent {
  /** Null until it was read once. */
  list = $state.raw<RecentProject[] | null>(null);
  error = $state.raw<PlainError | null>(null);

  async refresh(): Promise<void> {
    try {
      this.list = await core.projects.recent();
      this.error = null;
    } catch (thrown) {
      this.error = plainError(thrown);
    }
  }

  /** Takes a project off the list; its file stays. */
  async forget(path: string): Promise<void> {
    await core.projects.forget({ path });
    await this.refresh();
  }

  /** Deletes the project's file. */
  async remove(path: string): Promise<void> {
    await core.projects.remove({ path });
    await this.refresh();
  }
}

export const recent = new Recent();
