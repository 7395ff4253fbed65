import { metricFacts } from '../../../evaluate/score-table/metric-catalogue.ts';
import type { ExportResult } from '../../../export/export-source.ts';
import type { RunDescription } from '../../../export/methods-text/run-description.ts';
import { writeReport as writeRunReport } from '../../../export/methods-text/write-report.ts';
import type { Method } from '../../../methods/method.ts';
import { describeMethod, getMethod } from '../../../methods/registry.ts';
import type { Project, RunInfo, ScoreRow } from '../../../projects/project.types.ts';
import type { ExportFormat } from '../../export-request.ts';
import type { ExportSpec } from '../../job-spec.ts';
import type { JobContext } from '../job-context.ts';
import { isSpace, parseSpace } from '../space-name.ts';

/** The methods paragraph of a run (`md`), or every parameter, seed and version of it (`json`). */
export function writeReport(
  spec: ExportSpec,
  format: ExportFormat,
  run: RunInfo,
  context: JobContext,
): Promise<ExportResult> {
  return writeRunReport(spec.out, [describeRun(context.project, run)], format === 'json' ? 'json' : 'md', {
    overwrite: spec.overwrite,
  });
}

/** Everything that a reader needs to repeat a run. */
export function describeRun(project: Project, run: RunInfo): RunDescription {
  const dataset = project.datasets.get(run.datasetId);
  const method = getMethod(run.method);
  const { fields } = describeMethod(method);
  return {
    dataset: {
      name: dataset.name,
      nObs: dataset.nObs,
      nVar: dataset.nVar,
      format: textIn(dataset.provenance, 'title') || textIn(dataset.provenance, 'format'),
      provenance: dataset.provenance,
    },
    observation: dataset.obsm.some((array) => array.name === 'spatial') ? 'spot' : 'cell',
    recipe: run.recipe,
    kept: { nObs: run.nObs ?? dataset.nObs, nVar: run.nVar ?? dataset.nVar },
    method: {
      id: method.id,
      title: method.title,
      paper: method.paper,
      preset: run.preset,
      parameters: run.parameters,
      // A preset of the project may be gone by now; then every setting is named.
      presetParameters: presetParameters(project, method, run.preset),
      labels: Object.fromEntries(
        fields.map(({ key, label, unit }) => [key, unit === null ? { label } : { label, unit }]),
      ),
    },
    seed: run.seed,
    device: run.device,
    wallSeconds: run.wallSeconds,
    versions: run.versions,
    summary: run.summary,
    scores: project.scores.list({ runIds: [run.id] }).map(describeScore),
  };
}

function presetParameters(project: Project, method: Method, id: string): Record<string, unknown> {
  const preset = [...method.presets, ...project.presets.list(method.id)].find((candidate) => candidate.id === id);
  return preset ? (method.parameters.parse(preset.parameters) as Record<string, unknown>) : {};
}

const PICTURES = { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' };
const CLUSTERINGS: Record<string, string> = { kmeans: 'k-means', leiden: 'Leiden', none: '' };
const BASES = { latent: 'latent', denoised: 'denoised matrix', data: 'measured expression' };

/** Where figures of protocols and of batches were worked out, in words. */
const PLACES: Record<string, string> = {
  'held-out': 'prediction of held-out observations',
  'all entries': 'reconstruction of the whole matrix',
  muted: 'reconstruction of muted entries',
};

function describeScore(row: ScoreRow): RunDescription['scores'][number] {
  return {
    metric: metricFacts(row.metric).title,
    value: row.value,
    space: PLACES[row.space] ?? spaceWords(row.space),
    clustering: CLUSTERINGS[row.clustering] ?? row.clustering,
    labels: row.labels,
  };
}

/** 't-SNE (2-D) of the latent'; a name that is not one of a space stays as it is. */
function spaceWords(name: string): string {
  if (!isSpace(name)) return name;
  const { base, picture } = parseSpace(name);
  return picture ? `${PICTURES[picture.method]} (${picture.nDim}-D) of the ${BASES[base]}` : BASES[base];
}

function textIn(provenance: Record<string, unknown>, key: string): string {
  const value = provenance[key];
  return typeof value === 'string' ? value : '';
}
