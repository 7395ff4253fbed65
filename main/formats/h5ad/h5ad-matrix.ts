import { LacunaError } from '../../errors/lacuna-error.ts';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import type { ValueSurvey } from '../cleaning/value-survey.ts';
import { cscChunks, csrChunks, openCompressedSparse, surveySparse } from '../hdf5/compressed-sparse.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { denseChunks, surveyDense } from './dense-matrix.ts';

/** A matrix of an AnnData file before anything of it is read. */
export interface H5adMatrix {
  /** 'X', 'layers/counts', 'raw/X': what the choice `matrix` calls it. */
  value: string;
  /** Where it is in the file. */
  place: string;
  layout: 'csr' | 'csc' | 'dense';
  nObs: number;
  nVar: number;
}

/** All matrices: X, the layers, raw. */
export function findMatrices(file: Hdf5File): H5adMatrix[] {
  const places: [string, string][] = [
    ['X', 'X'],
    ...file.keys('layers').map((name): [string, string] => [`layers/${name}`, `layers/${name}`]),
    ['raw/X', file.kind('raw/X') === 'missing' ? 'raw.X' : 'raw/X'],
  ];
  return places
    .map(([value, place]) => matrixAt(file, value, place))
    .filter((matrix): matrix is H5adMatrix => matrix !== null);
}

function matrixAt(file: Hdf5File, value: string, place: string): H5adMatrix | null {
  const kind = file.kind(place);
  if (kind === 'missing') return null;
  if (kind === 'dataset') {
    const { shape, kind: element } = file.info(place);
    const isNumeric = element === 'integer' || element === 'float' || element === 'boolean';
    return isNumeric && shape.length === 2 ? { value, place, layout: 'dense', nObs: shape[0], nVar: shape[1] } : null;
  }
  // `h5sparse_*` is what anndata wrote before 0.7.
  const format = file.attribute(place, 'encoding-type') ?? file.attribute(place, 'h5sparse_format');
  const shape = file.attribute(place, 'shape') ?? file.attribute(place, 'h5sparse_shape');
  const layout =
    format === 'csr_matrix' || format === 'csr' ? 'csr' : format === 'csc_matrix' || format === 'csc' ? 'csc' : null;
  if (layout === null || !Array.isArray(shape) || shape.length !== 2) return null;
  return { value, place, layout, nObs: Number(shape[0]), nVar: Number(shape[1]) };
}

/** @throws LacunaError `bad-file` when a matrix does not fit the tables of cells and genes */
export function checkAxes(file: Hdf5File, matrix: H5adMatrix, nObs: number, nVar: number): void {
  if (matrix.nObs === nObs && matrix.nVar === nVar) return;
  const n = (value: number) => value.toLocaleString('en-US');
  throw new LacunaError(
    'bad-file',
    `${file.path} contradicts itself: ${matrix.place} has ${n(matrix.nObs)} × ${n(matrix.nVar)} values for ${n(nObs)} cells and ${n(nVar)} genes.`,
    'The file is damaged or was put together wrongly: write it again.',
    { file: file.path, place: matrix.place },
  );
}

/** Looks at up to `limit` values, or all when there are no more. @throws LacunaError `bad-file` for NaN, with cell and gene */
export async function surveyMatrix(
  file: Hdf5File,
  matrix: H5adMatrix,
  limit: number,
  keep: Uint8Array | null,
  names: Pick<CleaningRules, 'obsName' | 'varName'>,
  task: LongTask,
): Promise<{ values: ValueSurvey; nnz: number }> {
  if (matrix.layout === 'dense') return await surveyDense({ file, ...matrix }, limit, keep, names, task);
  const byObs = matrix.layout === 'csr';
  const sparse = openCompressedSparse(file, matrix.place, byObs ? matrix.nObs : matrix.nVar);
  const nameOf = (major: number, minor: number) => {
    const [obs, source] = byObs ? [major, minor] : [minor, major];
    return { obs: names.obsName(obs), var: names.varName(source) };
  };
  // By variable, what is left out cannot be told entry by entry; the share of the offsets tells it.
  const survey = await surveySparse(sparse, limit, byObs ? keep : null, nameOf, task);
  if (byObs || keep === null) return survey;
  let kept = 0;
  for (let v = 0; v < matrix.nVar; v++) if (keep[v] === 1) kept += sparse.indptr[v + 1] - sparse.indptr[v];
  return { values: survey.values, nnz: Math.round((survey.nnz / Math.max(1, sparse.nnz)) * kept) };
}

/** Streams a matrix by observation, however it lies in the file. */
export function streamMatrix(
  file: Hdf5File,
  matrix: H5adMatrix,
  rules: CleaningRules,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  switch (matrix.layout) {
    case 'dense':
      return denseChunks({ file, ...matrix }, rules, signal);
    case 'csr':
      return csrChunks(openCompressedSparse(file, matrix.place, matrix.nObs), rules, signal);
    case 'csc':
      return cscChunks(openCompressedSparse(file, matrix.place, matrix.nVar), matrix.nObs, rules, signal);
  }
}
