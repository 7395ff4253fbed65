import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { sharedBuffer } from '../../engine/tensorflow/shared-buffer.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { SpotGraph } from './spot-graph.ts';

/** The rows that the graph autoencoder reads. */
export type RowSource = Pick<ExpressionSource, 'nObs' | 'nVar' | 'keepsZeros' | 'denseBatch' | 'sparseBatch'>;

/** Rows of A · log(1 + X), one batch at a time. */
export interface AggregatedBatches {
  /**
   * Expression of the rows' neighbours, added up or averaged: [rows.length, nVar]. The tensor must be disposed before the
   * next call: it may share the buffer's memory.
   */
  fill(rows: Uint32Array): Tensor2D;
}

/**
 * The graph layer of SUICA's encoder needs the neighbours of every spot only as a sum: A(XW + b) = (AX)W + b · rowsum(A).
 * AX of a batch is put together from the sparse rows of its neighbours when it is asked for; neither A · X nor anything
 * dense of all spots is ever held.
 *
 * @param weighting `sum` as published, `mean` to keep the scale of one spot
 * @param takeLog whether the values are x, of which the network reads log(1 + x), or are logarithms already
 */
export function aggregatedBatches(
  engine: Engine,
  data: RowSource,
  graph: SpotGraph,
  weighting: 'sum' | 'mean',
  takeLog: boolean,
): AggregatedBatches {
  const { nVar } = data;
  const factor = weighting === 'mean' ? 1 / graph.k : 1;
  // Noise may have taken a value below 0, where there is no logarithm of 1 + x to speak of.
  const read = (value: number): number => (takeLog ? Math.log1p(Math.max(0, value)) : value) * factor;
  let buffer: Float32Array = new Float32Array(0);
  return {
    fill(rows) {
      const length = rows.length * nVar;
      if (buffer.length < length) buffer = sharedBuffer(engine, length);
      const out = buffer.subarray(0, length).fill(0);
      const readers = readersOf(rows, graph);
      if (data.keepsZeros) {
        const { indptr, indices, values } = data.sparseBatch(Array.from(readers.keys()));
        const logs = values.map(read);
        [...readers.values()].forEach((places, n) => {
          for (const r of places) for (let e = indptr[n]; e < indptr[n + 1]; e++) out[r * nVar + indices[e]] += logs[e];
        });
      } else {
        const one = new Float32Array(nVar);
        for (const [neighbour, places] of readers) {
          data.denseBatch([neighbour], one);
          for (let j = 0; j < nVar; j++) one[j] = read(one[j]);
          for (const r of places) for (let j = 0; j < nVar; j++) out[r * nVar + j] += one[j];
        }
      }
      return engine.tf.tensor2d(out, [rows.length, nVar], 'float32');
    },
  };
}

/** Every neighbour of a batch, once, with the places in the batch that read it. */
function readersOf(rows: Uint32Array, { k, neighbours }: SpotGraph): Map<number, number[]> {
  const readers = new Map<number, number[]>();
  rows.forEach((row, r) => {
    for (let c = 0; c < k; c++) {
      const neighbour = neighbours[row * k + c];
      const places = readers.get(neighbour);
      if (places) places.push(r);
      else readers.set(neighbour, [r]);
    }
  });
  return readers;
}

/** Two sources of the same genes, one after the other. */
export function joinRows(first: RowSource, second: RowSource): RowSource {
  const { nVar } = first;
  const isFirst = (row: number): boolean => row < first.nObs;
  return {
    nObs: first.nObs + second.nObs,
    nVar,
    keepsZeros: first.keepsZeros && second.keepsZeros,
    denseBatch(rows, out) {
      for (let r = 0; r < rows.length; r++) {
        const one = out.subarray(r * nVar, (r + 1) * nVar);
        if (isFirst(rows[r])) first.denseBatch([rows[r]], one);
        else second.denseBatch([rows[r] - first.nObs], one);
      }
    },
    sparseBatch(rows) {
      const parts = Array.from(rows, (row) =>
        isFirst(row) ? first.sparseBatch([row]) : second.sparseBatch([row - first.nObs]),
      );
      const indptr = new Uint32Array(rows.length + 1);
      parts.forEach((part, r) => (indptr[r + 1] = indptr[r] + part.indices.length));
      const indices = new Uint32Array(indptr[rows.length]);
      const values = new Float32Array(indptr[rows.length]);
      parts.forEach((part, r) => {
        indices.set(part.indices, indptr[r]);
        values.set(part.values, indptr[r]);
      });
      return { nObs: rows.length, nVar, indptr, indices, values };
    },
  };
}
