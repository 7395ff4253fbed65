import type { ProjectDatabase } from '../file/project-database.ts';

/**
 * Deletes a dataset with everything made from it. Its chunks go first, a few at a time, so that the write-ahead log
 * stays small and other processes get their turn; the dataset is invisible by then.
 */
export function deleteDataset(database: ProjectDatabase, id: number): void {
  const matrices = database.all<{ id: number }>('SELECT id FROM matrices WHERE dataset_id = ?', [id]);
  for (const matrix of matrices) {
    const statement =
      'DELETE FROM matrix_chunks WHERE rowid IN (SELECT rowid FROM matrix_chunks WHERE matrix_id = ? LIMIT 64)';
    while (database.run(statement, [matrix.id]).changes > 0);
  }
  database.run('DELETE FROM datasets WHERE id = ?', [id]);
}
