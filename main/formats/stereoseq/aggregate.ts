import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import { throttledReport } from '../throttled-report.ts';
import { checkGeneNumber, GridPartition } from './grid-partition.ts';
import type { MoleculeBatch, MoleculeFile } from './molecules.ts';
import { timeLeft } from './time-left.ts';

/** Takes a batch into the partition. */
export type Deal = (batch: MoleculeBatch, partition: GridPartition) => void;

/**
 * Reads a file of molecules once and deals them out.
 * @returns the partition; its owner closes it
 * @throws LacunaError as the batches of the file, `cancelled`, `disk-full`; nothing is left behind then
 */
export async function partitionMolecules(
  file: MoleculeFile,
  rowsPerBand: number,
  deal: Deal,
  task: LongTask,
): Promise<GridPartition> {
  const partition = new GridPartition(rowsPerBand, task.scratchFolder);
  const report = throttledReport(task);
  const begun = performance.now();
  try {
    for await (const batch of file.batches(task.signal)) {
      throwIfCancelled(task.signal);
      checkGeneNumber(file.genes().ids.length, file.path);
      deal(batch, partition);
      const { fraction } = batch;
      report({ stage: 'Reading molecules', fraction, etaSeconds: timeLeft(begun, fraction) });
      await eventLoopTurn();
    }
    return partition;
  } catch (error) {
    partition.close();
    throw error;
  }
}
