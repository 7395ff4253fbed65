import { positionUnit } from '../../../contract/words/position-unit.ts';
import { isTissue } from '../../../contract/words/tissue-names.ts';
import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { ExportResult } from '../../../export/export-source.ts';
import { embeddingFigure, type EmbeddingFigure } from '../../../export/figures/embedding-figure.ts';
import { lossFigure } from '../../../export/figures/loss-figure.ts';
import { scoreFigure } from '../../../export/figures/score-figure.ts';
import { writeSvg } from '../../../export/figures/write-svg.ts';
import type { ExportSpec } from '../../job-spec.ts';
import { cachedEmbedding } from '../cached-embedding.ts';
import { finishedRun } from '../finished-run.ts';
import type { JobContext } from '../job-context.ts';
import { figureColour } from './figure-colour.ts';
import { takeRows } from './take-axis.ts';
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
  const wanted = await figureColour(context, run, spec.colour);
  const colour = wanted.kind === 'numeric' ? { ...wanted, palette: spec.palette } : wanted;
  const common = { title: spec.title ?? run.name, colour, size: { widthMm: spec.widthMm } };
  if (spec.positions !== undefined) {
    const { nDim, values } = context.project.datasets.obsm(run.datasetId, spec.positions);
    const unit = positionUnit(context.project.datasets.get(run.datasetId), spec.positions);
    const { obsIndex } = context.project.runs.axes(run.id);
    return embeddingFigure({
      ...common,
      ...mapOf(spec.positions, unit),
      nDim,
      values: takeRows(values, nDim, obsIndex),
    });
  }
  const { method, nDim, space, parameters } = spec.embedding;
  const { values } = await cachedEmbedding(context, { run, datasetId: run.datasetId, space, method, nDim, parameters });
  return embeddingFigure({ ...common, axes: PICTURES[method], nDim, values });
}

/** How positions are drawn: those in a tissue as a map, with a scale bar where a unit is known. */
function mapOf(name: string, unit: string): Pick<EmbeddingFigure, 'axes' | 'equalAspect' | 'yDown' | 'unit'> {
  if (!isTissue(name)) return { axes: name.replace(/^X_/, '') };
  return { axes: null, equalAspect: true, yDown: true, unit };
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
