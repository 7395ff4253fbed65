import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { floatType, rawBackend, stringAttribute, type RawBackend } from '../tensorflow/raw-ops.ts';
import { rawAffine } from './affine.ts';
import { rawMatMul } from '../tensorflow/raw-mat-mul.ts';

const KERNEL = 'LacunaDense';

/**
 * `activation(x · W + b)` as one node of the gradient tape, straight in TensorFlow's operations. The general way makes
 * some twenty calls a layer out of the backward pass (reshapes, sums, transposes of small arrays), each of which costs
 * more than what it computes; this one makes four. A gradient that nobody asks for, such as that of the batch, is not
 * computed.
 *
 * @returns null on a backend without raw operations
 */
export function rawDense(
  engine: Engine,
  x: Tensor2D,
  kernel: Tensor2D,
  bias: Tensor1D,
  activation: 'linear' | 'relu',
): Tensor2D | null {
  const backend = rawBackend(engine);
  if (!backend) return null;
  const { tf } = engine;
  if (!tf.getKernel(KERNEL, 'tensorflow')) register(engine, backend);
  return tf.engine().runKernel(KERNEL, { x, kernel, bias }, { relu: activation === 'relu' }) as Tensor2D;
}

function register({ tf }: Engine, backend: RawBackend): void {
  const float = [floatType(backend)];
  const biased = [floatType(backend), stringAttribute(backend, 'data_format', 'NHWC')];
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, kernel, bias } = inputs as unknown as Record<string, Tensor>;
      const linear = rawAffine(backend, x, kernel, bias);
      if (!(attrs as unknown as { relu: boolean }).relu) return linear;
      const activated = backend.executeSingleOutput('Relu', float, [linear]);
      linear.dispose();
      return activated;
    },
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['x', 'kernel'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const [x, kernel, y] = saved;
      const dLinear = (attrs as unknown as { relu: boolean }).relu
        ? backend.executeSingleOutput('ReluGrad', float, [dy as Tensor, y])
        : (dy as Tensor);
      return {
        x: () => rawMatMul(backend, dLinear, kernel, { transposeB: true }),
        kernel: () => rawMatMul(backend, x, dLinear, { transposeA: true }),
        bias: () => backend.executeSingleOutput('BiasAddGrad', biased, [dLinear]),
      };
    },
  });
}
