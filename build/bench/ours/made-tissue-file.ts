/**
 * Makes an `.h5ad` of a simulated section as sparse as a mouse embryo by Stereo-seq, chunk by chunk: the counts are never
 * in memory as a whole, neither dense nor sparse.
 */
import { existsSync, renameSync } from 'node:fs';
import { simulate } from '../../../main/simulate/simulate.ts';
import { writeSimulated } from '../../../main/simulate/write-simulated.ts';

/** Share of the entries that are not 0. */
const DENSITY = 0.09;
const TRIAL_CELLS = 128;

/** Writes the file unless it is there already. */
export async function makeTissueFile(path: string, cells: number, genes: number): Promise<void> {
  if (existsSync(path)) return;
  const part = path.replace(/\.h5ad$/, '.part.h5ad');
  await writeSimulated(part, simulate(await optionsFor(cells, genes)), { overwrite: true });
  renameSync(part, path);
}

/** Settings whose median library size gives the density: found on a few spots, by bisection of its logarithm. */
async function optionsFor(cells: number, genes: number): Promise<Parameters<typeof simulate>[0]> {
  const options = { cells, genes, types: 12, spatial: true, tissue: 'lobes', grid: 'square', dropout: 0 } as const;
  let [low, high] = [Math.log(100), Math.log(100_000)];
  for (let round = 0; round < 8; round++) {
    const middle = (low + high) / 2;
    if ((await densityOf({ ...options, cells: TRIAL_CELLS, counts: Math.exp(middle) })) < DENSITY) low = middle;
    else high = middle;
  }
  return { ...options, counts: Math.exp((low + high) / 2) };
}

async function densityOf(options: Parameters<typeof simulate>[0]): Promise<number> {
  const { matrices, nObs, nVar } = simulate(options);
  let entries = 0;
  for await (const { indices } of matrices[0].chunks()) entries += indices.length;
  return entries / (nObs * nVar);
}
