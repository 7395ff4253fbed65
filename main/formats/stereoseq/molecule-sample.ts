import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import { throttledReport } from '../throttled-report.ts';
import { timeLeft } from './time-left.ts';
import type { MoleculeBatch, MoleculeFile } from './molecules.ts';

/** Lines that an inspection looks at: all of most test files and small chips, the first of large ones (some seconds). */
const sampleLines = 8_000_000;

/** The first lines of a file, kept in memory. */
export class MoleculeSample {
  length = 0;
  genes = new Uint32Array(65_536);
  xs = new Int32Array(65_536);
  ys = new Int32Array(65_536);
  /** `null` until a batch with cells has come. */
  cells: Float64Array | null = null;
  molecules = 0;
  /** Share of the file that was looked at: 1 when all was. */
  share = 0;

  /** @throws LacunaError as the batches of the file do */
  static async of(file: MoleculeFile, task: LongTask, limit = sampleLines): Promise<MoleculeSample> {
    const sample = new MoleculeSample();
    const report = throttledReport(task);
    const begun = performance.now();
    for await (const batch of file.batches(task.signal)) {
      throwIfCancelled(task.signal);
      sample.#add(batch);
      const fraction = Math.max(batch.fraction, sample.length / limit);
      report({ stage: 'Looking at the molecules', fraction, etaSeconds: timeLeft(begun, fraction) });
      sample.share = batch.fraction;
      if (sample.length >= limit && batch.fraction < 1) return sample;
      await eventLoopTurn();
    }
    sample.share = 1;
    return sample;
  }

  /** True when all lines were looked at. */
  get isWhole(): boolean {
    return this.share === 1;
  }

  /** Lines in the whole file, by the share looked at. */
  get totalLines(): number {
    return this.isWhole ? this.length : Math.round(this.length / Math.max(this.share, 1e-9));
  }

  #add({ length, genes, xs, ys, counts, cells }: MoleculeBatch): void {
    this.#reserve(this.length + length, cells !== null);
    let at = this.length;
    for (let i = 0; i < length; i++) {
      if (counts[i] === 0) continue;
      this.genes[at] = genes[i];
      this.xs[at] = xs[i];
      this.ys[at] = ys[i];
      if (cells !== null) this.cells![at] = cells[i];
      this.molecules += counts[i];
      at++;
    }
    this.length = at;
  }

  #reserve(size: number, hasCells: boolean): void {
    if (hasCells) this.cells ??= new Float64Array(this.genes.length);
    if (size <= this.genes.length) return;
    const capacity = Math.max(size, this.genes.length * 2);
    const grown = <T extends Uint32Array | Int32Array | Float64Array>(into: T, from: T): T => (into.set(from), into);
    this.genes = grown(new Uint32Array(capacity), this.genes);
    this.xs = grown(new Int32Array(capacity), this.xs);
    this.ys = grown(new Int32Array(capacity), this.ys);
    if (this.cells !== null) this.cells = grown(new Float64Array(capacity), this.cells);
  }
}
