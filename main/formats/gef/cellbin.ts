import { stat } from 'node:fs/promises';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { ChunkBuilder } from '../cleaning/chunk-builder.ts';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { cleanAxis } from '../cleaning/clean-axis.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import type { ImportChoice, ImportOptions } from '../format-reader.ts';
import type { FoundDataset } from '../found-dataset.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { resolveOptions } from '../import-options.ts';
import { usualPitch } from '../stereoseq/molecules.ts';
import { stereoLayout } from '../stereoseq/square-bins.ts';
import { countsChoice } from '../stereoseq/stereo-choices.ts';
import { readCellBorders } from './cell-borders.ts';
import { cellColumns } from './cell-columns.ts';
import { CompoundTable } from './compound-table.ts';
import { attributeNumber } from './gef-layout.ts';

const exons = 'cellBin/cellExpExon';
/** Entries read at once: blocks of geftools are 16,384 entries. */
const entriesPerRead = 524_288;

/**
 * Segmented cells of a `cellbin.gef`: genes per cell, annotations, places and outlines, in the order of the file. Places
 * are in DNB of the chip.
 *
 * @param before choices that were settled before this one
 * @throws LacunaError `bad-file`, `truncated-file`, `bad-option`
 */
export async function findCells(
  file: Hdf5File,
  version: string,
  before: readonly ImportChoice[],
  options: ImportOptions,
): Promise<FoundDataset> {
  const { path } = file;
  const choices = [...before, ...(file.kind(exons) === 'dataset' ? [countsChoice] : [])];
  const resolved = resolveOptions(path, choices, options);
  const cells = new CompoundTable(file, 'cellBin/cell', 'the cells');
  const starts = cells.numbers('offset');
  const lengths = cells.numbers('geneCount');
  const nObs = starts.length;
  const nnz = file.info('cellBin/cellExp', 'the counts of the cells').shape[0] ?? 0;
  checkEntries(path, starts, lengths, nnz);

  const ids = cells.has('id') ? cells.numbers('id') : Float64Array.from(starts, (_, i) => i);
  const obs = cleanAxis({ names: Array.from(ids, String), ids: null, columns: cellColumns(file, cells) }, 'cell');
  const vars = geneAxis(file);
  const nVar = vars.table.names.length;

  const pitchNanometres = attributeNumber(file, '/', 'resolution');
  const pitch = pitchNanometres === null || pitchNanometres <= 0 ? usualPitch : pitchNanometres / 1000;
  const positions = places(file, cells);
  const borders = readCellBorders(file, positions);
  const warnings = [...obs.warnings, ...vars.warnings];
  const rules: CleaningRules = {
    file: path,
    nSourceVar: nVar,
    nVar,
    varMap: null,
    valueKind: 'counts',
    obsName: (i) => obs.table.names[i],
    varName: (i) => vars.table.names[i],
  };
  return {
    title: `Stereo-seq cellbin .gef${version === '' ? '' : `, schema ${version}`}`,
    version,
    files: [{ path, bytes: (await stat(path)).size }],
    obs: obs.table,
    var: vars.table,
    obsm: [{ name: 'spatial', nDim: 2, values: positions, unit: 'DNB' }],
    spatial: { ...stereoLayout(pitch, cellDiameter(cells), borders), spotShape: 'circle' },
    matrices: [
      {
        name: 'X',
        nnz,
        valueKind: 'counts',
        valuesSampled: nnz,
        chunks: (signal) =>
          cellChunks(file, { starts, lengths, nObs, exons: resolved['counts'] === 'exon' }, rules, signal),
      },
    ],
    layers: [],
    choices,
    options: resolved,
    warnings,
    close: () => file.close(),
  };
}

interface CellEntries {
  /** [nObs], first entry of each cell */
  starts: Float64Array;
  /** [nObs], entries of each cell */
  lengths: Float64Array;
  nObs: number;
  exons: boolean;
}

async function* cellChunks(
  file: Hdf5File,
  { starts, lengths, nObs, exons: inExons }: CellEntries,
  rules: CleaningRules,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  let builder = new ChunkBuilder(0, rules);
  for (let first = 0; first < nObs;) {
    throwIfCancelled(signal);
    await eventLoopTurn();
    let last = first + 1;
    while (last < nObs && starts[last] + lengths[last] - starts[first] <= entriesPerRead) last++;
    const base = starts[first];
    const rows = [base, starts[last - 1] + lengths[last - 1]] as const;
    const table = new CompoundTable(file, 'cellBin/cellExp', 'the counts of the cells', rows);
    const genes = table.numbers('geneID');
    const counts = inExons ? file.readNumbers(exons, 'counts in exons', [rows]) : table.numbers('count');
    for (let cell = first; cell < last; cell++) {
      if (builder.isFull(lengths[cell])) {
        const chunk = builder.finish();
        yield chunk;
        builder = new ChunkBuilder(chunk.start + chunk.nObs, rules);
      }
      builder.append(genes, counts, starts[cell] - base, starts[cell] - base + lengths[cell]);
    }
    first = last;
  }
  if (builder.nObs > 0) yield builder.finish();
}

function geneAxis(file: Hdf5File): ReturnType<typeof cleanAxis> {
  const table = new CompoundTable(file, 'cellBin/gene', 'the genes');
  const ids = table.strings('geneID', 'gene') ?? table.requiredStrings('geneID', 'gene', 'geneName');
  return cleanAxis(
    {
      names: table.strings('geneName') ?? ids,
      ids,
      columns: [{ kind: 'string', name: 'gene_id', values: ids }] satisfies Column[],
    },
    'gene',
  );
}

/** [nCells, 2], in DNB of the chip */
function places(file: Hdf5File, cells: CompoundTable): Float64Array {
  const [x, y] = [cells.numbers('x'), cells.numbers('y')];
  const [offsetX, offsetY] = [attributeNumber(file, '/', 'offsetX') ?? 0, attributeNumber(file, '/', 'offsetY') ?? 0];
  const values = new Float64Array(x.length * 2);
  for (let i = 0; i < x.length; i++) {
    values[2 * i] = x[i] + offsetX;
    values[2 * i + 1] = y[i] + offsetY;
  }
  return values;
}

/** Diameter of a disc of the median area of the cells, in DNB; `null` when areas are not told. */
function cellDiameter(cells: CompoundTable): number | null {
  if (!cells.has('area')) return null;
  const areas = cells
    .numbers('area')
    .filter((area) => area > 0)
    .sort();
  return areas.length === 0 ? null : 2 * Math.sqrt(areas[areas.length >> 1] / Math.PI);
}

/** @throws LacunaError `bad-file` */
function checkEntries(path: string, starts: Float64Array, lengths: Float64Array, nnz: number): void {
  let next = 0;
  for (let cell = 0; cell < starts.length; cell++) {
    if (starts[cell] !== next && lengths[cell] > 0)
      throw contradiction(path, `cell ${cell} begins at entry ${starts[cell]} instead of ${next}`);
    next += lengths[cell];
  }
  if (next !== nnz) throw contradiction(path, `its cells have ${next} entries, but there are ${nnz}`);
  // Cells without genes may say anything about where they begin.
  for (let cell = 0, at = 0; cell < starts.length; at += lengths[cell++]) starts[cell] = at;
}

function contradiction(path: string, what: string): LacunaError {
  return new LacunaError(
    'bad-file',
    `${path} contradicts itself at cellBin: ${what}.`,
    'The file is damaged or was put together wrongly: write it or copy it again.',
    { file: path, place: 'cellBin/cellExp' },
  );
}
