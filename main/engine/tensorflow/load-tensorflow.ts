import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type * as tfCore from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { chooseDevice } from './choose-device.ts';
import { findTensorflowRuntime, hasNvidiaCard, nvidiaCardName, whyNoTensorflow } from './find-runtime.ts';

const require = createRequire(import.meta.url);

/** What may be asked of the native backend. */
export interface TensorflowOptions {
  device?: 'auto' | 'cpu' | 'gpu';
  /** Threads of one operation; default: all. */
  threads?: number;
}

/** The part of tfjs-node that is used without its index, whose look-up of a prebuilt binding would fail. */
interface KernelBackendModule {
  NodeJSKernelBackend: new (binding: unknown, packageName: string) => tfCore.KernelBackend;
}

/**
 * Native TensorFlow as the backend of tfjs-core.
 *
 * The kernels of `@tensorflow/tfjs-node` are used without its package index, which would look for (and fetch) a binding
 * of its own; ours is the one in `.runtime/tensorflow`, linked to a current TensorFlow.
 *
 * @returns the engine, or the reason in plain words why there is none
 */
export async function loadTensorflow(options: TensorflowOptions = {}): Promise<Engine | { missing: string }> {
  const runtime = findTensorflowRuntime();
  if (!runtime) return { missing: whyNoTensorflow() };
  const choice = chooseDevice({ flavour: runtime.flavour, hasGpu: hasNvidiaCard(), wanted: options.device ?? 'auto' });
  const threads = options.threads ?? availableParallelism();
  // TensorFlow reads these once, while it loads.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS ??= '1';
  // On an idle machine oneDNN's products of a first or last layer (256 × 13,714 × 128) take 2.8 ms, Eigen's 4.2 ms.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  // oneDNN's kernel for Eigen's products damages the heap when a signal reaches the thread that computes (TensorFlow 2.21).
  process.env.TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL ??= '0';
  if (choice.device === 'cpu' && runtime.flavour === 'cuda') process.env.CUDA_VISIBLE_DEVICES = '-1';
  if (choice.device === 'gpu') {
    process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
    process.env.TF_DETERMINISTIC_OPS ??= '1';
  }
  try {
    restoreNodeUtil();
    const tf = require('@tensorflow/tfjs-core') as typeof tfCore;
    const { NodeJSKernelBackend } =
      require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js') as KernelBackendModule;
    require('@tensorflow/tfjs-node/dist/register_all_kernels.js');
    const binding = require(runtime.binding) as { TF_Version: string };
    if (!tf.findBackend('tensorflow')) {
      tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'), 3);
    }
    await tf.setBackend('tensorflow');
    await tf.ready();
    const onGpu = (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice;
    return {
      backend: 'tensorflow',
      device: onGpu ? `GPU: ${nvidiaCardName()}` : 'CPU',
      version: binding.TF_Version,
      threads,
      tf,
      why:
        choice.device === 'gpu' && !onGpu
          ? 'TensorFlow could not use the graphics card, so the processor computes.'
          : choice.why,
    };
  } catch (error) {
    return { missing: `The native TensorFlow did not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** tfjs-node 4.22 calls two functions that Node has removed or deprecated in its `util` module. */
function restoreNodeUtil(): void {
  const util = require('node:util') as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  // Still there in Node 24, but each call warns that it is deprecated.
  util.isArray = Array.isArray;
}
