import { writeTenxH5 } from '../../../main/export/tenx-h5/write-tenx-h5.ts';
import { madeCounts } from './made-counts.ts';

/** Writes a 10x .h5 of the size of PBMC 3k, for machines where the real one is not at hand. */
export async function makeTenxFile(path: string): Promise<void> {
  const source = madeCounts(2_638, 13_714, 0.062);
  await writeTenxH5(path, {
    ...source,
    matrices: source.matrices.map((matrix) => ({ ...matrix, storage: 'sparse' as const })),
  });
}
