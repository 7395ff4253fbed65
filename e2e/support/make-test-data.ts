/**
 * Makes the files that the specs work on: `node make-test-data.ts FOLDER`. A process of its own, so that native parts
 * stay out of the one that drives the browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LacunaCore } from '../../main/core/lacuna-core.ts';
import type { ImportResult } from '../../main/jobs/job-results.ts';
import { simulate } from '../../main/simulate/simulate.ts';
import { writeSimulated } from '../../main/simulate/write-simulated.ts';
import { makeGem, makeTables, makeVisiumFolder } from './make-space-data.ts';
import { dataIn } from './test-data.ts';

/** Cells without a line in the table of labels, so that a match is not simply everything. */
const UNLABELLED = 10;

const data = dataIn(process.argv[2]);
const size = { cells: 300, genes: 200, types: 4, counts: 1500, seed: 7 };

const cells = simulate(size);
await writeSimulated(data.cellsH5, cells);
const [type] = cells.obs.columns;
if (type.kind !== 'categorical') throw new Error('The simulator gave no cell types.');
const lines = cells.obs.names.map((name, i) => `${name},${type.categories[type.codes[i]]}`);
writeFileSync(data.cellsLabels, ['barcode,cell_type', ...lines.slice(0, -UNLABELLED), ''].join('\n'));
const labelled = cells.obs.names.slice(0, -UNLABELLED);
const antibodies = labelled.map((name, i) => `${name},${3 + (i % 7)},${type.codes[i] === 0 ? 120 + (i % 9) : i % 5}`);
writeFileSync(data.proteins, ['barcode,CD3,CD19', ...antibodies, ''].join('\n'));
const origins = labelled.map((name, i) => `${name},${type.categories[type.codes[i]]},lane ${1 + (i % 2)}`);
writeFileSync(data.origins, ['barcode,cell_type,batch', ...origins, ''].join('\n'));
const whole = readFileSync(data.cellsH5);
writeFileSync(data.brokenH5, whole.subarray(0, Math.floor(whole.length / 2)));
await writeSimulated(data.tissueH5ad, simulate({ ...size, spatial: true }));
makeVisiumFolder(data.visiumFolder, data.cellsH5, cells.obs.names);
makeGem(data.gem);
mkdirSync(dirname(data.beadCounts));
makeTables(data.beadCounts, data.beadPlaces);

const core = new LacunaCore();
const project = core.createProject(data.cellsProject, 'Cells');
await importFile(project, data.cellsH5, data.cellsLabels);
const pca = core.startRun(project, { method: 'pca', set: { nComponents: 10 } });
await core.waitFor(pca.job.id);
const ae = core.startRun(project, { method: 'ae', set: { epochs: 8 } });
const floor = core.startRun(project, { method: 'train-mean' });
await Promise.all([core.waitFor(ae.job.id), core.waitFor(floor.job.id)]);
const cite = core.createProject(data.citeProject, 'CITE-seq');
await importFile(cite, data.cellsH5, data.origins, data.proteins);
await core.waitFor(core.startRun(cite, { method: 'pca', set: { nComponents: 10 } }).job.id);
const tissue = core.createProject(data.tissueProject, 'Tissue');
await importFile(tissue, data.tissueH5ad);
await core.waitFor(core.startRun(tissue, { method: 'pca' }).job.id);
for (const { uuid } of core.openProjects().map((open) => open.info())) await core.closeProject(uuid);
await core.close();

async function importFile(
  into: typeof project,
  path: string,
  labelsPath?: string,
  proteinPath?: string,
): Promise<void> {
  const job = core.importInto(into, { paths: [path], labelsPath, proteinPath });
  const { datasets } = (await core.waitFor(job.id)).result as ImportResult;
  if (datasets.length !== 1) throw new Error(`${path} gave ${datasets.length} datasets instead of one.`);
}
