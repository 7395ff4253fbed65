/** Squared Euclidean distance of `a[i …]` and `b[j …]` over nDim values. Two running sums, so that they do not wait for each other. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, nDim: number): number {
  let even = 0;
  let odd = 0;
  let d = 0;
  for (; d + 1 < nDim; d += 2) {
    const first = a[i + d] - b[j + d];
    const second = a[i + d + 1] - b[j + d + 1];
    even += first * first;
    odd += second * second;
  }
  if (d < nDim) even += (a[i + d] - b[j + d]) ** 2;
  return even + odd;
}
