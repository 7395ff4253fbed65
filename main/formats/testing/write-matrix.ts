import { writeHdf5 } from './write-hdf5.ts';

/** Writes counts as a Cell Ranger `.h5` of version 3. @param rows [nObs][nVar] */
export async function writeMatrix(
  path: string,
  barcodes: readonly string[],
  rows: readonly (readonly number[])[],
  types?: readonly string[],
): Promise<void> {
  const nVar = rows[0].length;
  const data: number[] = [];
  const indices: number[] = [];
  const indptr = [0];
  for (const row of rows) {
    row.forEach((value, gene) => {
      if (value === 0) return;
      data.push(value);
      indices.push(gene);
    });
    indptr.push(data.length);
  }
  const genes = Array.from({ length: nVar }, (_, gene) => gene);
  await writeHdf5(path, {
    children: {
      matrix: {
        children: {
          data: { data },
          indices: { data: indices },
          indptr: { data: indptr },
          shape: { data: [nVar, rows.length] },
          barcodes: { data: [...barcodes] },
          features: {
            children: {
              id: { data: genes.map((gene) => `ENSG${gene}`) },
              name: { data: genes.map((gene) => `gene${gene}`) },
              feature_type: { data: genes.map((gene) => types?.[gene] ?? 'Gene Expression') },
            },
          },
        },
      },
    },
  });
}
