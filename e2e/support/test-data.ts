import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that are made once for all specs; see `make-test-data.ts`. */
export interface TestData {
  folder: string;
  /** 10x .h5, 300 cells × 200 genes */
  cellsH5: string;
  /** Labels of 290 of its cells. */
  cellsLabels: string;
  /** The same .h5, cut off in the middle. */
  brokenH5: string;
  /** A tissue of 300 spots × 200 genes in layers, with coordinates. */
  tissueH5ad: string;
  /** A folder of Space Ranger: 280 of 300 spots under tissue, with a picture. */
  visiumFolder: string;
  /** Stereo-seq: 2,500 lines of molecules on 200 × 200 DNB. */
  gem: string;
  /** 25 genes in rows × 60 beads, as CSV. */
  beadCounts: string;
  /** Where the beads lie, under headings that say nothing; one has no position. */
  beadPlaces: string;
  /** Two surface proteins of the labelled cells, as CSV: CD19 marks the first type. */
  proteins: string;
  /** Type and batch of the labelled cells. */
  origins: string;
  /** The cells with labels; PCA, a short AE, and a floor. */
  cellsProject: string;
  /** The cells with batches and proteins; PCA. */
  citeProject: string;
  /** The tissue; PCA. */
  tissueProject: string;
}

/** What `global-setup.ts` has made. */
export function testData(): TestData {
  const folder = process.env.LACUNA_E2E_DATA;
  if (!folder) throw new Error('The test data were not made: start the specs through Playwright.');
  return dataIn(folder);
}

export function dataIn(folder: string): TestData {
  return {
    folder,
    cellsH5: join(folder, 'cells.h5'),
    cellsLabels: join(folder, 'cells-labels.csv'),
    brokenH5: join(folder, 'broken.h5'),
    tissueH5ad: join(folder, 'tissue.h5ad'),
    visiumFolder: join(folder, 'visium-sample'),
    gem: join(folder, 'chip.gem'),
    beadCounts: join(folder, 'beads', 'puck_counts.csv'),
    beadPlaces: join(folder, 'beads', 'puck_places.csv'),
    proteins: join(folder, 'antibodies.csv'),
    origins: join(folder, 'origins.csv'),
    cellsProject: join(folder, 'cells.lacuna'),
    citeProject: join(folder, 'cite.lacuna'),
    tissueProject: join(folder, 'tissue.lacuna'),
  };
}

/** A copy that a spec may change. */
export function copyInto(folder: string, file: string, name: string): string {
  const copy = join(folder, name);
  copyFileSync(file, copy);
  return copy;
}
