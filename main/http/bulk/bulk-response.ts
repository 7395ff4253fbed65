import { countValuesSchema } from '../../contract/entities/count-values.ts';
import { countGene } from '../../core/count-values/count-gene.ts';
import type { LacunaCore } from '../../core/lacuna-core.ts';
import { genesMeanVariance } from '../../core/dataset-measures.ts';
import { qualityVector, type ObsMeasure } from '../../core/dataset-quality.ts';
import { denoisedGene } from '../../core/denoised-gene.ts';
import { finerGene } from '../../core/finer-gene.ts';
import { observedGene } from '../../core/observed-gene.ts';
import { proteinValues } from '../../core/proteins/protein-values.ts';
import { shownGene } from '../../core/shown-gene/shown-gene.ts';
import { checkedPicture, largestPicture } from '../../core/pictures/checked-picture.ts';
import { textCategories } from '../../dataset/text-categories.ts';
import { MOST_TEXT_CATEGORIES } from '../../contract/words/text-groups.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ValueScale } from '../../preprocess/expression-source.ts';
import type { ProteinScale } from '../../preprocess/proteins/centred-log-ratio.ts';
import type { Project } from '../../projects/project.types.ts';
import { pictureResponse } from './picture-response.ts';

type BulkArray = { values: Float32Array | Float64Array | Int32Array; shape: number[] };

/** Arrays as bytes; the addresses are those of `contract/bulk-routes.ts`. @throws LacunaError `not-found`, `bad-request` */
export async function bulkResponse(core: LacunaCore, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [, , uuid, ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const project = core.project(uuid);
  if (rest[0] === 'thumbnail') return request.method === 'PUT' ? putThumbnail(project, request) : thumbnail(project);
  if (request.method !== 'GET') throw new LacunaError('bad-request', 'Arrays are read with GET.', '');
  if (rest[0] === 'dataset' && rest[2] === 'names')
    return namesResponse(project.datasets.obs(wholeNumber(rest[1])).names);
  if (rest[0] === 'dataset' && rest[2] === 'genes')
    return namesResponse(project.datasets.var(wholeNumber(rest[1])).names);
  if (rest[0] === 'dataset' && rest[2] === 'image')
    return pictureResponse(project.datasets.tissueImage(wholeNumber(rest[1]), rest[3] ?? ''));
  return arrayResponse(await readArray(project, rest, url.searchParams));
}

async function readArray(
  project: Project,
  [kind, idText, what, detail]: string[],
  query: URLSearchParams,
): Promise<BulkArray> {
  const id = wholeNumber(idText);
  switch (`${kind}/${what ?? ''}`) {
    case 'embedding/':
      return matrix(project.embeddings.values(id));
    case 'clustering/':
      return vector(project.clusterings.codes(id));
    case 'run/latent': {
      const latent = project.runs.latent(id);
      if (latent === null) throw new LacunaError('not-found', `Run ${id} has no latent.`, 'Floors have none.');
      return matrix(latent);
    }
    case 'run/obs':
      return vector(Int32Array.from(project.runs.axes(id).obsIndex));
    case 'run/gene':
      return vector(await denoisedGene(project, id, wholeNumber(detail), scaleOf(query.get('scale'))));
    case 'run/observed':
      return vector(observedGene(project, id, wholeNumber(detail), scaleOf(query.get('scale'))));
    case 'run/heldOut': {
      const { nObs } = project.runs.get(id);
      return vector(Int32Array.from(project.runs.heldOut(id)?.obs ?? new Uint8Array(nObs ?? 0)));
    }
    case 'run/shown':
      return vector((await shownGene(project, id, wholeNumber(detail), scaleOf(query.get('scale')))).shown);
    case 'run/true':
      return vector((await shownGene(project, id, wholeNumber(detail), scaleOf(query.get('scale')))).truth);
    case 'run/count': {
      const kind = countValuesSchema.safeParse(query.get('kind'));
      if (kind.success)
        return vector(countGene(project, id, wholeNumber(detail), kind.data, scaleOf(query.get('scale'))));
      throw new LacunaError(
        'bad-request',
        `There are no values '${query.get('kind') ?? ''}'.`,
        `Choose ${countValuesSchema.options.join(', ')}.`,
      );
    }
    case 'run/finer': {
      const factor = wholeNumber(query.get('factor') ?? undefined);
      return matrix(finerGene(project, id, wholeNumber(detail), factor, scaleOf(query.get('scale'))));
    }
    case 'markers/':
      return matrix(project.markers.values(id));
    case 'markers/genes':
      return vector(Int32Array.from(project.markers.genes(id)));
    case 'dataset/gene':
      return vector(project.datasets.gene(id, wholeNumber(detail)));
    case 'dataset/meanVariance': {
      const { mean, variance } = await genesMeanVariance(project, id);
      const values = new Float64Array(2 * mean.length);
      mean.forEach((of, j) => values.set([of, variance[j]], 2 * j));
      return { values, shape: [mean.length, 2] };
    }
    case 'dataset/protein':
      return vector(proteinValues(project, id, wholeNumber(detail), proteinScaleOf(query.get('scale'))));
    case 'dataset/obs':
      return vector(columnValues(project, id, detail));
    case 'dataset/quality':
      return vector(await qualityVector(project, id, measureOf(detail)));
    case 'dataset/borders': {
      const borders = project.datasets.cellBorders(id);
      if (borders === null) throw new LacunaError('not-found', `Dataset ${id} has no outlines of cells.`, '');
      return detail === 'offsets'
        ? vector(Int32Array.from(borders.offsets))
        : matrix({ values: borders.vertices, nDim: 2 });
    }
    case 'dataset/obsm': {
      const { values, nDim } = project.datasets.obsm(id, detail);
      return { values, shape: [values.length / nDim, nDim] };
    }
  }
  throw new LacunaError(
    'not-found',
    `There is no array at /${[kind, idText, what, detail].filter(Boolean).join('/')}.`,
    '',
  );
}

function columnValues(project: Project, dataset: number, name: string): Int32Array | Float64Array {
  const column = project.datasets.obs(dataset).columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new LacunaError('not-found', `There is no obs column '${name}'.`, '');
  if (column.kind === 'string') {
    const groups = textCategories(column);
    if (groups !== null) return groups.codes;
    throw new LacunaError(
      'bad-request',
      `The obs column '${name}' holds more than ${MOST_TEXT_CATEGORIES} different texts, which have no bytes to send.`,
      'Choose another column.',
    );
  }
  return column.kind === 'categorical' ? column.codes : column.values;
}

function measureOf(text: string | undefined): ObsMeasure {
  if (text === 'counts' || text === 'genes' || text === 'mitoPercent') return text;
  throw new LacunaError('bad-request', `There is no measure '${text ?? ''}'.`, 'Choose counts, genes or mitoPercent.');
}

function scaleOf(text: string | null): ValueScale {
  const scale = text ?? 'log';
  if (scale === 'model' || scale === 'log' || scale === 'normalised' || scale === 'counts') return scale;
  throw new LacunaError('bad-request', `There is no scale '${scale}'.`, 'Choose model, log, normalised or counts.');
}

function proteinScaleOf(text: string | null): ProteinScale {
  const scale = text ?? 'clr';
  if (scale === 'clr' || scale === 'counts') return scale;
  throw new LacunaError('bad-request', `There is no scale '${scale}' of proteins.`, 'Choose clr or counts.');
}

function wholeNumber(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value) || value < 0) {
    throw new LacunaError('bad-request', `'${text ?? ''}' is not a whole number.`, '');
  }
  return value;
}

function matrix({ values, nDim }: { values: Float32Array; nDim: number }): BulkArray {
  return { values, shape: [nDim === 0 ? 0 : values.length / nDim, nDim] };
}

function vector(values: BulkArray['values']): BulkArray {
  return { values, shape: [values.length] };
}

function arrayResponse({ values, shape }: BulkArray): Response {
  const dtype = values instanceof Float32Array ? 'float32' : values instanceof Float64Array ? 'float64' : 'int32';
  // A view of a larger buffer must not send its neighbours.
  const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  return new Response(bytes, {
    headers: {
      'content-type': 'application/octet-stream',
      'x-lacuna-dtype': dtype,
      'x-lacuna-shape': shape.join(','),
      'cache-control': 'no-store',
    },
  });
}

function namesResponse(names: readonly string[]): Response {
  return new Response(names.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function thumbnail(project: Project): Response {
  const picture = project.thumbnail();
  if (picture === null) throw new LacunaError('not-found', 'This project has no picture yet.', '');
  return pictureResponse(picture);
}

async function putThumbnail(project: Project, request: Request): Promise<Response> {
  // Refused before it is read into memory; what says nothing of its length is read and measured.
  if (Number(request.headers.get('content-length') ?? 0) > largestPicture) {
    throw new LacunaError('bad-request', `The picture of a project has at most ${largestPicture} bytes.`, '');
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  project.putThumbnail(checkedPicture(request.headers.get('content-type') ?? '', bytes));
  return new Response(null, { status: 204 });
}
