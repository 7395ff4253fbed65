/** The part of scran.js 4 (libscran compiled to WebAssembly) that this folder uses. The package brings no types. */
declare module 'scran.js' {
  export class Float64WasmArray {
    readonly length: number;
    free(): void;
  }
  export interface NeighborIndex {
    free(): void;
  }
  export interface Neighbors {
    serialize(): { runs: Int32Array; indices: Int32Array; distances: Float64Array };
    free(): void;
  }
  export interface KmeansResults {
    clusters(options?: { copy?: boolean }): Int32Array;
    free(): void;
  }
  export function initialize(options: { numberOfThreads: number }): Promise<boolean>;
  export function terminate(): void;
  export function heapSize(): number;
  export function maximumThreads(): number;
  export function createFloat64WasmArray(length: number): Float64WasmArray;
  export function buildNeighborSearchIndex(
    x: Float32Array | Float64Array,
    options: { numberOfDims: number; numberOfCells: number; approximate: boolean },
  ): NeighborIndex;
  export function findNearestNeighbors(index: NeighborIndex, k: number): Neighbors;
  export function clusterKmeans(
    x: Float64WasmArray | Float32Array | Float64Array,
    clusters: number,
    options: {
      numberOfDims: number;
      numberOfCells: number;
      initMethod?: 'random' | 'kmeans++' | 'var-part';
      initSeed?: number;
      refineMethod?: 'lloyd' | 'hartigan-wong';
      refineHartiganWongIterations?: number;
      refineLloydIterations?: number;
      numberOfThreads?: number;
    },
  ): KmeansResults;
  export interface ScranMatrix {
    free(): void;
  }
  export function initializeSparseMatrixFromSparseArrays(
    rows: number,
    columns: number,
    values: Float32Array | Float64Array,
    indices: Uint32Array,
    pointers: Uint32Array,
    options: { byRow: boolean; forceInteger: boolean; layered: boolean },
  ): ScranMatrix;
  export interface ScoreMarkersResults {
    mean(group: number): Float64Array;
    detected(group: number): Float64Array;
    cohensD(group: number): Float64Array;
    auc(group: number): Float64Array;
    deltaMean(group: number): Float64Array;
    deltaDetected(group: number): Float64Array;
    free(): void;
  }
  export function scoreMarkers(x: ScranMatrix, groups: Int32Array): ScoreMarkersResults;
}
