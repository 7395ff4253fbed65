/**
 * Loads a TensorFlow binding in a process of its own and multiplies two matrices with it: verify-binding.cjs BINDING.
 * Prints TensorFlow's version. A library that crashes on this processor takes down this process only.
 */
const util = require('node:util');

// @tensorflow/tfjs-node 4.22 calls two functions that Node 23 removed.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;

const tf = require('@tensorflow/tfjs-core');
// Not the package's index: it looks for a binding in the package's own folder.
const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js');
require('@tensorflow/tfjs-node/dist/register_all_kernels.js');

const binding = require(process.argv[2]);
tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'), 3);

async function verify() {
  await tf.setBackend('tensorflow');
  const product = await tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).array();
  if (JSON.stringify(product) !== '[[19,22],[43,50]]') throw new Error(`A matrix product came out as ${JSON.stringify(product)}.`);
  console.log(binding.TF_Version);
}

verify().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
