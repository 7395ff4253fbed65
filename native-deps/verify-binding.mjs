/**
 * Loads a TensorFlow binding in a process of its own and multiplies two matrices with it: verify-binding.mjs BINDING.
 * Prints TensorFlow's version. A library that crashes on this processor takes down this process only.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

// @tensorflow/tfjs-node 4.22 calls two functions that Node 23 removed.
const util = /** @type {Record<string, unknown>} */ (require('node:util'));
util.isNullOrUndefined ??= (/** @type {unknown} */ value) => value === null || value === undefined;
util.isArray ??= Array.isArray;

const tf = require('@tensorflow/tfjs-core');
// Not the package's index: it looks for a binding in the package's own folder.
const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js');
require('@tensorflow/tfjs-node/dist/register_all_kernels.js');

const binding = require(process.argv[2]);
tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'), 3);

await tf.setBackend('tensorflow');
const left = tf.tensor2d([1, 2, 3, 4], [2, 2]);
const right = tf.tensor2d([5, 6, 7, 8], [2, 2]);
const product = JSON.stringify(await tf.matMul(left, right).array());
if (product !== '[[19,22],[43,50]]') throw new Error(`A matrix product came out as ${product}.`);
console.log(binding.TF_Version);
