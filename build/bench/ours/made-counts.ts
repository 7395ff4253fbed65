import type { DatasetSource } from '../../../main/dataset/dataset-source.ts';
import { madeRandom } from '../../../main/projects/testing/made-source.ts';

/**
 * Random counts as a dataset, made chunk by chunk: for timing readers and stores where no real file is at hand. Not a
 * simulation of biology: positions are uniform, counts are 1 + Poisson-like small numbers.
 */
export function madeCounts(nObs: number, nVar: number, density: number): DatasetSource {
  const obsPerChunk = 512;
  return {
    name: 'made counts',
    nObs,
    nVar,
    obs: { names: Array.from({ length: nObs }, (_, i) => `CELL${i}-1`), columns: [] },
    var: { names: Array.from({ length: nVar }, (_, j) => `GENE${j}`), columns: [] },
    obsm: [],
    provenance: { format: 'made for a benchmark' },
    close: () => {},
    matrices: [
      {
        name: 'X',
        valueKind: 'counts',
        async *chunks() {
          const random = madeRandom(1);
          for (let start = 0; start < nObs; start += obsPerChunk) {
            const rows = Math.min(obsPerChunk, nObs - start);
            const indptr = new Uint32Array(rows + 1);
            const indices: number[] = [];
            const values: number[] = [];
            for (let i = 0; i < rows; i += 1) {
              for (let j = 0; j < nVar; j += 1) {
                if (random() >= density) continue;
                indices.push(j);
                values.push(1 + Math.floor(-Math.log(1 - random()) * 1.2));
              }
              indptr[i + 1] = indices.length;
            }
            yield {
              start,
              nObs: rows,
              nVar,
              indptr,
              indices: Uint32Array.from(indices),
              values: Float32Array.from(values),
            };
          }
        },
      },
    ],
  };
}
