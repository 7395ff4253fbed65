import { positionUnit } from '../../../contract/words/position-unit.ts';
import { isTissue } from '../../../contract/words/tissue-names.ts';
import { LacunaError } from '../../../errors/lacuna-error.ts';
import { embeddingFigure, type EmbeddingFigure } from '../../../export/figures/embedding-figure.ts';
import { lossFigure } from '../../../export/figures/loss-figure.ts';
import type { ReportRun } from '../../../export/report/report-data.ts';
import type { RunInfo } from '../../../projects/project.types.ts';
import { figureColour } from '../export/figure-colour.ts';
import { takeRows } from '../export/take-axis.ts';
import type { JobContext } from '../job-context.ts';

const NAMES = { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' };
const AXES = { pca: 'PC', umap: 'UMAP', tsne: 't-SNE' };
const SPACES: Record<string, string> = { latent: 'latent', denoised: 'denoised matrix', data: 'measured expression' };
/** Pictures of spaces that a run is shown with. */
const MOST_PICTURES = 2;

type Colouring = EmbeddingFigure['colour'];
type Picture = ReportRun['figures'][number];

/**
 * The pictures of a run that there are, none is computed for the report: two of its spaces coloured by the labels, one by
 * its clusters, and its map of the tissue.
 */
export async function runPictures(context: JobContext, run: RunInfo): Promise<Picture[]> {
  const labels = await colourOrNull(context, run, undefined);
  const clusters = await colourOrNull(context, run, 'cluster');
  const embeddings = context.project.embeddings
    .list(run.id)
    .filter(({ nDim }) => nDim === 2)
    .toSorted((a, b) => rank(a.space) - rank(b.space))
    .slice(0, MOST_PICTURES);
  const pictures: Picture[] = [];
  for (const [at, embedding] of embeddings.entries()) {
    const { values, nDim } = context.project.embeddings.values(embedding.id);
    const title = `${NAMES[embedding.kind]} of the ${SPACES[embedding.space] ?? embedding.space}`;
    const figure = { title, axes: AXES[embedding.kind], nDim, values };
    if (labels !== null) pictures.push(drawn(figure, labels));
    if (at === 0 && clusters !== null && clusters.label !== labels?.label) pictures.push(drawn(figure, clusters));
  }
  const map = mapOf(context, run);
  const colour = clusters ?? labels;
  if (map !== null && colour !== null) pictures.push(drawn(map, colour));
  return pictures;
}

/** Loss by epoch; null for methods that are solved in one step. */
export function runLosses({ project }: JobContext, run: RunInfo): string | null {
  const history = project.runs.history(run.id);
  if (history.length < 2) return null;
  return lossFigure({ title: 'Loss by epoch', history, bestEpoch: run.summary.bestEpoch, size: { widthMm: 174 } });
}

function drawn(figure: Omit<EmbeddingFigure, 'colour'>, colour: Colouring): Picture {
  const svg = embeddingFigure({ ...figure, colour, pointsAsImage: true, size: { widthMm: 85 } });
  return { svg, caption: `${figure.title}, coloured by ${colour.label}.` };
}

/** The latent first. */
function rank(space: string): number {
  const at = Object.keys(SPACES).indexOf(space);
  return at < 0 ? Infinity : at;
}

function mapOf({ project }: JobContext, run: RunInfo): Omit<EmbeddingFigure, 'colour'> | null {
  const dataset = project.datasets.get(run.datasetId);
  const positions = dataset.obsm.find(({ name, nDim }) => isTissue(name) && nDim >= 2);
  if (positions === undefined) return null;
  const { nDim, values } = project.datasets.obsm(dataset.id, positions.name);
  return {
    title: 'Map of the tissue',
    axes: null,
    equalAspect: true,
    yDown: true,
    unit: positionUnit(dataset, positions.name),
    nDim,
    values: takeRows(values, nDim, project.runs.axes(run.id).obsIndex),
  };
}

async function colourOrNull(context: JobContext, run: RunInfo, wish: string | undefined): Promise<Colouring | null> {
  try {
    return await figureColour(context, run, wish);
  } catch (thrown) {
    if (LacunaError.from(thrown).code === 'not-found') return null;
    throw thrown;
  }
}
