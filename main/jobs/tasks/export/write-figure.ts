import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { ExportResult } from '../../../export/export-source.ts';
import { embeddingFigure } from '../../../export/figures/embedding-figure.ts';
import { lossFigure } from '../../../export/figures/loss-figure.ts';
import { scoreFigure } from '../../../export/figures/score-figure.ts';
import { writeSvg } from '../../../export/figures/write-svg.ts';
import type { ExportSpec } from '../../job-spec.ts';
import { cachedEmbedding } from '../cached-embedding.ts';
import { finishedRun } from '../finished-run.ts';
import type { JobContext } from '../job-context.ts';
import { figureColour } from './figure-colour.ts';
import { scoreTableOf } from './write-scores.ts';

const PICTURES = { pca: 'PC', umap: 'UMAP', tsne: 't-SNE' };

/** A figure as SVG: a coloured picture of a space, the heat map of scores, or the loss curves of a run. */
export async function writeFigure(spec: ExportSpec, context: JobContext): Promise<ExportResult> {
  return writeSvg(spec.out, await draw(spec, context), { overwrite: spec.overwrite });
}

async function draw(spec: ExportSpec, context: JobContext): Promise<string> {
  if (spec.figure === 'scores') return drawScores(spec, context);
  if (spec.runId === null) throw new LacunaError('bad-request', 'No run was named for the figure.', 'Name a run.');
  if (spec.figure === 'losses') {
    const run = context.project.runs.get(spec.runId);
    return lossFigure({
      title: spec.title ?? run.name,
      history: context.project.runs.history(run.id),
      bestEpoch: run.summary.bestEpoch,
      size: { widthMm: spec.widthMm },
    });
  }
  const run = finishedRun(context.project, spec.runId);
  const { method, nDim, space, parameters } = spec.embedding;
  const { values } = await cachedEmbedding(context, { run, datasetId: run.datasetId, space, method, nDim, parameters });
  const wanted = await figureColour(context, run, spec.colour);
  const colour = wanted.kind === 'numeric' ? { ...wanted, palette: spec.palette } : wanted;
  const size = { widthMm: spec.widthMm };
  return embeddingFigure({ title: spec.title ?? run.name, axes: PICTURES[method], nDim, values, colour, size });
}

function drawScores(spec: ExportSpec, context: JobContext): string {
  const table = scoreTableOf(context.project, spec.runId);
  const all = table.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => column.higherIsBetter !== null);
  const columns = spec.metric === undefined ? all : all.filter(({ column }) => column.metric === spec.metric);
  return scoreFigure({
    title: spec.title ?? 'Scores',
    // Numbers with their spread need room: the width of two journal columns.
    size: { widthMm: spec.widthMm ?? (columns.length > 3 ? 174 : undefined) },
    rows: table.rows.map((row) =>
      [row.methodTitle, row.preset, row.variant, row.space, row.clustering].filter((part) => part !== '').join(' · '),
    ),
    metrics: columns.map(({ column }) => ({ label: column.title, higherIsBetter: column.higherIsBetter! })),
    values: table.rows.map((row) => columns.map(({ at }) => row.cells[at]?.mean ?? null)),
    sd: table.rows.map((row) => columns.map(({ at }) => row.cells[at]?.sd ?? null)),
  });
}
