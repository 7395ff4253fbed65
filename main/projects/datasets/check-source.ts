import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { AxisTable, DatasetSource, MatrixSource } from '../../dataset/dataset-source.ts';
import type { SpatialLayout } from '../../dataset/spatial-layout.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * What a project demands of a source before a byte is stored. Readers report bad input in the words of their format;
 * what gets past them is caught here, so that a project never holds what the rest of the application cannot bear.
 * @throws LacunaError `bad-file`
 */
export function checkSource(source: DatasetSource): void {
  if (source.nObs < 1 || source.nVar < 1)
    throw bad(
      `"${source.name}" has ${source.nObs} observations and ${source.nVar} variables; at least one of each is needed.`,
    );
  if (source.matrices.length === 0) throw bad(`"${source.name}" has no matrix.`);
  checkAxis(source, 'obs', source.obs, source.nObs);
  checkAxis(source, 'var', source.var, source.nVar);
  for (const array of source.obsm) {
    if (array.values.length !== source.nObs * array.nDim)
      throw bad(
        `"${array.name}" of "${source.name}" holds ${array.values.length} numbers instead of ${source.nObs} × ${array.nDim}.`,
      );
  }
  if (source.spatial) checkLayout(source, source.spatial);
  for (const { name, var: vars, obsNames, obsOf, matrix } of source.modalities ?? []) {
    checkAxis({ name: `${name} of ${source.name}` }, 'var', vars, vars.names.length);
    if (vars.names.length === 0) throw bad(`"${name}" of "${source.name}" has no features.`);
    const fits = obsOf === null ? obsNames.length === source.nObs : obsOf.length === obsNames.length;
    if (!fits || obsOf?.some((obs) => obs >= source.nObs) === true)
      throw bad(`"${matrix.name}" of "${source.name}" speaks of observations that there are not.`);
  }
  requireUnique(
    source,
    'modality',
    (source.modalities ?? []).map(({ name }) => name),
  );
  requireUnique(
    source,
    'array',
    source.obsm.map((array) => array.name),
  );
  requireUnique(
    source,
    'matrix',
    source.matrices.map((matrix) => matrix.name),
  );
}

function checkLayout(source: DatasetSource, { obsm, images, borders }: SpatialLayout): void {
  if (!source.obsm.some(({ name }) => name === obsm))
    throw bad(`The section of "${source.name}" speaks of positions "${obsm}", which there are not.`);
  requireUnique(
    source,
    'image',
    images.map((image) => image.name),
  );
  if (borders === null) return;
  const { offsets, vertices } = borders;
  if (offsets.length !== source.nObs + 1 || vertices.length !== 2 * offsets[source.nObs])
    throw bad(`The outlines of the cells of "${source.name}" are not complete.`);
}

function checkAxis(source: Pick<DatasetSource, 'name'>, axis: 'obs' | 'var', table: AxisTable, n: number): void {
  if (table.names.length !== n) throw bad(`"${source.name}" has ${table.names.length} ${axis} names for ${n}.`);
  for (const column of table.columns) {
    const length = column.kind === 'categorical' ? column.codes.length : column.values.length;
    if (length !== n)
      throw bad(`The ${axis} column "${column.name}" of "${source.name}" has ${length} values for ${n}.`);
  }
  requireUnique(
    source,
    `${axis} column`,
    table.columns.map((column) => column.name),
  );
}

function requireUnique(source: Pick<DatasetSource, 'name'>, what: string, names: string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw bad(`"${source.name}" has two of the ${what} "${twice}".`);
}

/** Largest count that float32, the type of values in memory, holds exactly together with all below it. */
const largestCount = 2 ** 24;

/** Where in a source a chunk belongs. */
export interface ChunkPlace {
  source: Pick<DatasetSource, 'name' | 'nObs' | 'nVar' | 'obs' | 'var'>;
  matrix: MatrixSource;
  /** Observation that must come next. */
  next: number;
}

/**
 * Checks one streamed chunk: complete, in order, variables ascending, values of the promised kind.
 *
 * Counts above 2^24 are refused: values are float32 in memory, where 2^24 + 1 does not exist, and a project that
 * silently rounds counts would be worse than one that says so. No single-cell or spatial assay comes near.
 * @throws LacunaError `bad-file`
 */
export function checkChunk(chunk: CsrChunk, { source, matrix, next }: ChunkPlace): void {
  const where = `Matrix "${matrix.name}" of "${source.name}"`;
  if (chunk.start !== next) throw bad(`${where}: observation ${chunk.start} came where ${next} was expected.`);
  if (chunk.start + chunk.nObs > source.nObs || chunk.nVar !== source.nVar)
    throw bad(`${where}: a chunk does not fit into ${source.nObs} × ${source.nVar}.`);
  const { indptr, indices, values } = chunk;
  if (
    indptr.length !== chunk.nObs + 1 ||
    indptr[0] !== 0 ||
    indptr[chunk.nObs] !== indices.length ||
    values.length !== indices.length
  ) {
    throw bad(`${where}: the chunk from observation ${chunk.start} on is not complete.`);
  }
  const at = (obs: number, i: number): string =>
    `${where}, observation "${source.obs.names[chunk.start + obs]}", variable "${source.var.names[indices[i]] ?? indices[i]}"`;
  for (let obs = 0; obs < chunk.nObs; obs++) {
    if (indptr[obs + 1] < indptr[obs])
      throw bad(`${where}: the chunk from observation ${chunk.start} on is not complete.`);
    let before = -1;
    for (let i = indptr[obs]; i < indptr[obs + 1]; i++) {
      const variable = indices[i];
      const value = values[i];
      if (variable <= before || variable >= source.nVar)
        throw bad(`${at(obs, i)}: the variable is out of order or out of range.`);
      before = variable;
      if (value === 0 || !Number.isFinite(value))
        throw bad(`${at(obs, i)}: ${value} cannot be stored; a number other than zero was expected.`);
      if (matrix.valueKind !== 'real' && value < 0) throw bad(`${at(obs, i)}: the value ${value} is negative.`);
      if (matrix.valueKind !== 'counts') continue;
      if (value !== Math.floor(value)) throw bad(`${at(obs, i)}: ${value} is not a count.`);
      if (value > largestCount)
        throw bad(
          `${at(obs, i)}: a count of ${value} is above ${largestCount} (2^24), the largest that is kept exactly.`,
        );
    }
  }
}

function bad(what: string): LacunaError {
  return new LacunaError('bad-file', what, 'Check how the file was made, or export it again. Nothing was stored.');
}
