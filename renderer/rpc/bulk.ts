/** An array from `/bulk`: values with their shape. */
export interface BulkArray<Values extends BulkValues = BulkValues> {
  values: Values;
  shape: number[];
}
export type BulkValues = Float32Array | Float64Array | Int32Array;

/** Reads an array; addresses come from `main/contract/bulk-routes.ts`. Rejects with the core's plain words. */
export async function fetchArray<Values extends BulkValues = Float32Array>(
  path: string,
  signal?: AbortSignal,
): Promise<BulkArray<Values>> {
  const response = await fetch(path, { signal });
  if (!response.ok) {
    const answer = (await response.json().catch(() => null)) as { error?: { what?: string } } | null;
    throw new Error(answer?.error?.what ?? `The core answered ${response.status}.`);
  }
  const bytes = await response.arrayBuffer();
  const shape = (response.headers.get('x-lacuna-shape') ?? '').split(',').map(Number);
  const dtype = response.headers.get('x-lacuna-dtype');
  const values =
    dtype === 'int32' ? new Int32Array(bytes) : dtype === 'float64' ? new Float64Array(bytes) : new Float32Array(bytes);
  return { values: values as Values, shape };
}
