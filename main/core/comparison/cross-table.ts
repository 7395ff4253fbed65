import type { z } from 'zod';
import type { crossTableSchema } from '../../contract/entities/comparison.ts';
import type { GroupSource } from '../../contract/entities/markers.ts';
import { adjustedRandIndex } from '../../evaluate/clusters/adjusted-rand-index.ts';
import { confusionMatrix } from '../../evaluate/clusters/confusion-matrix.ts';
import { normalisedMutualInformation } from '../../evaluate/clusters/normalised-mutual-information.ts';
import { sourceGroups, type SourceGroups } from '../../jobs/tasks/source-groups.ts';
import type { Project } from '../../projects/project.types.ts';

export type CrossTable = z.infer<typeof crossTableSchema>;

/**
 * How two ways to group the observations of a dataset meet.
 *
 * @throws LacunaError `not-found`, `bad-request`, `unsupported` when the table would be too large
 */
export function crossTable(project: Project, datasetId: number, left: GroupSource, right: GroupSource): CrossTable {
  const sides = [sourceGroups(project, datasetId, left), sourceGroups(project, datasetId, right)] as const;
  const [a, b] = sides;
  const found = confusionMatrix(a.codes, b.codes);
  const [rows, columns] = [[...found.truthCodes], [...found.clusterCodes]];
  const counts = rows.map((_, r) => [...found.counts.subarray(r * columns.length, (r + 1) * columns.length)]);
  return {
    left: sideOf(a, rows, counts.map(sum)),
    right: sideOf(
      b,
      columns,
      columns.map((_, c) => sum(counts.map((row) => row[c]))),
    ),
    counts,
    matched: Array.from(found.matched, (code) => (code < 0 ? null : columns.indexOf(code))),
    matchedShare: defined(found.matchedShare),
    ari: defined(adjustedRandIndex(a.codes, b.codes)),
    nmi: defined(normalisedMutualInformation(a.codes, b.codes)),
    missing: found.nMissing,
  };
}

function sideOf(groups: SourceGroups, codes: readonly number[], sizes: number[]): CrossTable['left'] {
  return {
    title: groups.title,
    names: codes.map((code) => groups.categories[code]),
    sizes,
    colours: codes.map((code) => groups.colours[code]),
  };
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}

function defined(figure: number): number | null {
  return Number.isNaN(figure) ? null : figure;
}
