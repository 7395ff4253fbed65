import { micrometresOf } from '../../../main/contract/words/scale-bar.ts';
import { positionUnit } from '../../../main/contract/words/position-unit.ts';
import { isTissue } from '../../../main/contract/words/tissue-names.ts';
import type { explore } from './explore.svelte.ts';
import { saveFile } from './save-file.ts';
import { spotsCsv, type SpotColumn } from './spots-csv.ts';
import { valuesTitle } from './values-words.ts';

/**
 * Saves the observations of the pictures as a table: barcode, place (also in µm where the scale is known), group, whether
 * it is selected, and the values that the pictures show.
 *
 * @param onlySelected leaves out the others
 */
export async function saveSpots(shared: typeof explore, onlySelected: boolean): Promise<void> {
  const { data, dataset, groups, selected, numbers } = shared;
  const points = shared.shownPanes.find((pane) => pane.points !== null && !pane.points.finer)?.points;
  if (data === null || dataset === null || !points) return;
  const names = await data.names();
  const columns: SpotColumn[] = [{ heading: 'barcode', at: (obs) => names[obs] }];
  const place =
    dataset.obsm.find(({ name }) => name === dataset.spatial?.obsm) ?? dataset.obsm.find(({ name }) => isTissue(name));
  if (place) {
    const all = Int32Array.from({ length: data.nObs }, (_, i) => i);
    const { positions, nDim } = await data.coordinates(place.name, all);
    const micrometres = micrometresOf(positionUnit(dataset, place.name));
    const axes = ['x', 'y', 'z'].slice(0, nDim);
    axes.forEach((heading, d) => columns.push({ heading, at: (obs) => positions[nDim * obs + d] }));
    if (micrometres !== null)
      axes.forEach((axis, d) =>
        columns.push({ heading: `${axis}_um`, at: (obs) => short(positions[nDim * obs + d] * micrometres) }),
      );
  }
  if (groups !== null)
    columns.push({
      heading: groups.label,
      at: (obs) => (groups.codes[obs] < 0 ? null : groups.categories[groups.codes[obs]]),
    });
  columns.push({ heading: 'selected', at: (obs) => selected?.[obs] ?? 0 });
  if (numbers !== null) columns.push({ heading: numbers.label, at: (obs) => numbers.values[obs] });
  if (shared.colour.kind === 'gene') {
    const { label, unit } = shared.numberLabel;
    for (const pane of shared.shownPanes) {
      const { values, points: own } = pane;
      if (values === null || own === null || own.finer || values.length !== own.obs.length) continue;
      const several = shared.shownPanes.some((other) => other.run?.id !== pane.run?.id);
      const words = [label, valuesTitle(unit, pane.shows, pane.isTested), ...(several ? [pane.run?.name ?? ''] : [])];
      const heading = words.join(', ');
      if (columns.some((column) => column.heading === heading)) continue;
      const of = new Float32Array(data.nObs).fill(NaN);
      own.obs.forEach((obs, i) => (of[obs] = values[i]));
      columns.push({ heading, at: (obs) => short(of[obs]) });
    }
  }
  const chosen = onlySelected ? points.obs.filter((obs) => selected?.[obs] === 1) : points.obs;
  saveFile(
    `${dataset.name} ${onlySelected ? 'selection' : 'spots'}.csv`,
    new Blob([spotsCsv(columns, chosen)], { type: 'text/csv' }),
  );
}

/** As many figures as 32 bits hold. */
function short(value: number): number {
  return Number(value.toPrecision(7));
}
