/**
 * Makes an `.h5ad` of simulated cells or of a section, 9 % nonzero as a mouse embryo by Stereo-seq or liver by droplets, chunk by
 * chunk: the counts are never in memory as a whole, neither dense nor sparse.
 */
import { existsSync, renameSync } from 'node:fs';
import { simulate } from '../../../main/simulate/simulate.ts';
import { writeSimulated } from '../../../main/simulate/write-simulated.ts';

/** Share of the entries that are not 0. */
const DENSITY = 0.09;
const TRIAL_CELLS = 128;

type Options = NonNullable<Parameters<typeof simulate>[0]>;

/** Writes the file unless it is there already. */
export async function makeSparseFile(path: string, options: Omit<Options, 'counts'>): Promise<void> {
  if (existsSync(path)) return;
  const part = path.replace(/\.h5ad$/, '.part.h5ad');
  await writeSimulated(part, simulate(await withCounts(options)), { overwrite: true });
  renameSync(part, path);
}

/** Settings whose median library size gives the density: found on a few spots, by bisection of its logarithm. */
async function withCounts(options: Options): Promise<Options> {
  let [low, high] = [Math.log(100), Math.log(100_000)];
  for (let round = 0; round < 8; round++) {
    const middle = (low + high) / 2;
    if ((await densityOf({ ...options, cells: TRIAL_CELLS, counts: Math.exp(middle) })) < DENSITY) low = middle;
    else high = middle;
  }
  return { ...options, counts: Math.exp((low + high) / 2) };
}

async function densityOf(options: Options): Promise<number> {
  const { matrices, nObs, nVar } = simulate(options);
  let entries = 0;
  for await (const { indices } of matrices[0].chunks()) entries += indices.length;
  return entries / (nObs * nVar);
}
