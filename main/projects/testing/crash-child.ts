/**
 * A process that is killed in the middle of its work: `node crash-child.ts import|checkpoint PROJECT [RUN]`. It writes
 * "half-way" when it is half-way, and goes no further.
 */
import { writeSync } from 'node:fs';
import { openProject } from '../open-project.ts';
import { madeMatrix, madeSource, slice } from './made-source.ts';

const [task, path, run] = process.argv.slice(2);
const project = openProject(path);

/** Stands still without letting anything else of this process run. */
function halfWay(): void {
  writeSync(1, 'half-way\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

if (task === 'import') {
  const matrix = madeMatrix(2000, 2500, 0.12, 3);
  const chunks = async function* () {
    for (let start = 0; start < 1600; start += 100) yield slice(matrix, start, start + 100);
    halfWay();
  };
  await project.datasets.import(
    madeSource(matrix, { name: 'half', matrices: [{ name: 'X', valueKind: 'counts', chunks }] }),
  );
} else {
  const arrays = { first: new Float32Array(1_000_000).fill(2) };
  Object.defineProperty(arrays, 'second', { enumerable: true, get: halfWay });
  project.runs.saveCheckpoint(Number(run), { epoch: 20, arrays, state: {} });
}
