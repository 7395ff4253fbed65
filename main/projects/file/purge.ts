import { deleteDataset } from '../datasets/delete-dataset.ts';
import { sweepStaging } from '../datasets/staging.ts';
import { purgeAnnotations } from '../stores/annotation-store.ts';
import type { ProjectDatabase } from './project-database.ts';

/**
 * Deletes for good what was removed and what died on the way, and gives the space back to the disk. Done when the last
 * process closes a project: until then, a removal can be undone.
 */
export function purge(database: ProjectDatabase): void {
  sweepStaging(database);
  for (const { id } of database.all<{ id: number }>('SELECT id FROM datasets WHERE removed_at IS NOT NULL'))
    deleteDataset(database, id);
  purgeAnnotations(database);
  database.run('DELETE FROM runs WHERE removed_at IS NOT NULL');
  database.run(
    "DELETE FROM checkpoints WHERE complete = 0 AND run_id IN (SELECT id FROM runs WHERE state <> 'running')",
  );
  database.shrink();
}
