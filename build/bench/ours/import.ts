/** Reads a 10x .h5 and stores it in a new project; prints the seconds of both together. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPath } from '../../../main/formats/registry.ts';
import { createProject } from '../../../main/projects/create-project.ts';
import { makeTenxFile } from './made-tenx-file.ts';

const dataFolder = process.env.LACUNA_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const real = join(dataFolder, 'pbmc3k/filtered_feature_bc_matrix.h5');
const made = join(tmpdir(), 'lacuna-bench-10x.h5');
if (!existsSync(real) && !existsSync(made)) await makeTenxFile(made);

const folder = mkdtempSync(join(tmpdir(), 'lacuna-bench-'));
try {
  const begin = performance.now();
  const source = await openPath(existsSync(real) ? real : made);
  const project = createProject(join(folder, 'bench.lacuna'));
  const dataset = await project.datasets.import(source);
  source.close();
  project.close();
  const seconds = (performance.now() - begin) / 1000;
  const megabytes = (statSync(join(folder, 'bench.lacuna')).size / 1e6).toFixed(1);
  console.log(
    JSON.stringify({
      seconds,
      note: `${dataset.nObs} × ${dataset.nVar}, ${dataset.nnz} nonzeros, project of ${megabytes} MB`,
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
