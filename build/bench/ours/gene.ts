/** Reads single genes of a 120,000 × 2,000 project (9 % nonzero); prints the median seconds. The project is made once. */
import { existsSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProject } from '../../../main/projects/create-project.ts';
import { openProject } from '../../../main/projects/open-project.ts';
import { madeCounts } from './made-counts.ts';
import { madeRandom } from '../../../main/projects/testing/made-source.ts';

const path = join(tmpdir(), 'lacuna-bench-gene.lacuna');
if (!existsSync(path)) {
  const making = join(tmpdir(), `lacuna-bench-gene-${process.pid}.lacuna`);
  const project = createProject(making);
  await project.datasets.import(madeCounts(120_000, 2_000, 0.09));
  project.close();
  renameSync(making, path);
}
const project = openProject(path);
const [dataset] = project.datasets.list();
const random = madeRandom(2);
const times: number[] = [];
for (let i = 0; i < 50; i += 1) {
  const gene = Math.floor(random() * dataset.nVar);
  const begin = performance.now();
  const values = project.datasets.gene(dataset.id, gene);
  times.push((performance.now() - begin) / 1000);
  if (values.length !== dataset.nObs) throw new Error('wrong length');
}
project.close();
times.sort((a, b) => a - b);
console.log(JSON.stringify({ seconds: times[25], note: `worst of 50: ${(1000 * times[49]).toFixed(1)} ms` }));
