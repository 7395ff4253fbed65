import type { DatasetSource, MatrixSource } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { putFirstRecipe } from '../stores/recipe-store.ts';
import { AxisStore } from './axis-store.ts';
import { breathe } from './breathe.ts';
import { checkChunk, checkSource } from './check-source.ts';
import { deleteDataset } from './delete-dataset.ts';
import { buildGeneMajor } from './gene-major.ts';
import { writeChunk } from './matrix-chunks.ts';
import { ModalityStore } from './modality-store.ts';
import { pacedReport } from './paced-report.ts';
import { readModality } from './read-modality.ts';
import { rechunk } from './rechunk.ts';
import { SpatialStore } from './spatial-store.ts';
import { beginStaging, endStaging, publishStaging, touchStaging } from './staging.ts';
import type { Staging } from './staging.ts';

/** Share of the work that storing the observations takes; the gene index takes the rest. */
const storingShare = 0.6;

/**
 * Streams a source into the project; gives the new dataset's id. All or nothing: see staging.ts. The source is left
 * open, its owner closes it.
 * @throws LacunaError `bad-file`, `cancelled`, `disk-full`, or what the source throws
 */
export async function importDataset(
  database: ProjectDatabase,
  source: DatasetSource,
  task?: LongTask,
): Promise<number> {
  throwIfCancelled(task?.signal);
  checkSource(source);
  const staging = beginStaging(database, source);
  try {
    const axes = new AxisStore(database);
    axes.putTable(staging.datasetId, 'obs', source.obs);
    axes.putTable(staging.datasetId, 'var', source.var);
    for (const [position, array] of source.obsm.entries()) axes.putObsm(staging.datasetId, position, array);
    if (source.spatial) new SpatialStore(database).put(staging.datasetId, source.spatial);

    const report = pacedReport(task);
    for (const [position, matrix] of source.matrices.entries()) {
      await importMatrix(database, staging, source, matrix, position, task?.signal, (stage, fraction) =>
        report(stage, (position + fraction) / source.matrices.length),
      );
    }
    for (const [position, modality] of (source.modalities ?? []).entries()) {
      const read = await readModality(modality, source.nObs, task?.signal, (fraction) => {
        touchStaging(database, staging);
        report('Storing proteins', fraction);
      });
      new ModalityStore(database).put(staging.datasetId, position, read);
    }
    database.transaction(() => {
      database.run('UPDATE datasets SET name = ? WHERE id = ?', [freeName(database, source.name), staging.datasetId]);
      putFirstRecipe(database, staging.datasetId);
      publishStaging(database, staging);
    });
    return staging.datasetId;
  } catch (thrown) {
    // The reason of the failure matters more than a failure to tidy up: the next opening sweeps again.
    try {
      deleteDataset(database, staging.datasetId);
      database.shrink();
    } catch {
      /* swept later */
    }
    throw LacunaError.from(thrown);
  } finally {
    endStaging(staging);
  }
}

async function importMatrix(
  database: ProjectDatabase,
  staging: Staging,
  source: DatasetSource,
  matrix: MatrixSource,
  position: number,
  signal: AbortSignal | undefined,
  report: (stage: string, fraction: number) => void,
): Promise<void> {
  const { id } = database.run(
    'INSERT INTO matrices (dataset_id, position, name, value_kind, nnz) VALUES (?, ?, ?, ?, 0)',
    [staging.datasetId, position, matrix.name, matrix.valueKind],
  );
  const perVariable = new Float64Array(source.nVar);
  let next = 0;
  let nnz = 0;
  report('Storing counts', 0);
  for await (const chunk of rechunk(checked(source, matrix, signal))) {
    await breathe(signal);
    for (let i = 0; i < chunk.indices.length; i++) perVariable[chunk.indices[i]]++;
    database.transaction(() => {
      writeChunk(database, id, 'obs', chunk.start, chunk);
      touchStaging(database, staging);
    });
    next = chunk.start + chunk.nObs;
    nnz += chunk.indices.length;
    report('Storing counts', (storingShare * next) / source.nObs);
  }
  if (next !== source.nObs) {
    throw new LacunaError(
      'truncated-file',
      `Matrix "${matrix.name}" of "${source.name}" ends after ${next} of ${source.nObs} observations.`,
      'Copy the file again, then import it again. Nothing was stored.',
    );
  }
  database.run('UPDATE matrices SET nnz = ? WHERE id = ?', [nnz, id]);
  const stored = { id, datasetId: staging.datasetId, name: matrix.name, nObs: source.nObs, nVar: source.nVar, nnz };
  await buildGeneMajor(database, stored, perVariable, signal, (fraction) => {
    report('Building the gene index', storingShare + (1 - storingShare) * fraction);
  });
  touchStaging(database, staging);
}

async function* checked(
  source: DatasetSource,
  matrix: MatrixSource,
  signal: AbortSignal | undefined,
): ReturnType<typeof rechunk> {
  let next = 0;
  for await (const chunk of matrix.chunks(signal)) {
    throwIfCancelled(signal);
    checkChunk(chunk, { source, matrix, next });
    next += chunk.nObs;
    yield chunk;
  }
}

/** The name, or "name (2)" … when the project has it already. */
function freeName(database: ProjectDatabase, name: string): string {
  const taken = new Set(
    database
      .all<{ name: string }>('SELECT name FROM datasets WHERE removed_at IS NULL AND import_token IS NULL')
      .map((row) => row.name),
  );
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name} (${i})`;
  return free;
}
