/** UMAP of 20,000 × 32 (ten Gaussian clusters) on two threads; prints the seconds from the matrix to the coordinates. */
import { computeEmbedding } from '../../../main/embed/compute-embedding.ts';
import { madeRandom } from '../../../main/projects/testing/made-source.ts';

const [nObs, nDim] = [20_000, 32];
const random = madeRandom(1);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const centres = Array.from({ length: 10 * nDim }, () => 4 * normal());
const values = new Float32Array(nObs * nDim);
for (let i = 0; i < nObs; i += 1) {
  for (let d = 0; d < nDim; d += 1) values[i * nDim + d] = centres[(i % 10) * nDim + d] + normal();
}
const begin = performance.now();
await computeEmbedding('umap', { values, nObs, nDim }, { nDim: 2 });
console.log(JSON.stringify({ seconds: (performance.now() - begin) / 1000, note: 'with neighbours and layout' }));
process.exit(0);
