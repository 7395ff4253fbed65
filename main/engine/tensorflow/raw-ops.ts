import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';

/** An attribute of a TensorFlow operation as the binding takes it. */
export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** The part of the native backend that runs any TensorFlow operation by name. */
export interface RawBackend {
  readonly isUsingGpuDevice: boolean;
  binding: {
    TF_FLOAT: number;
    TF_INT32: number;
    TF_ATTR_INT: number;
    TF_ATTR_TYPE: number;
    TF_ATTR_BOOL: number;
    TF_ATTR_SHAPE: number;
    TF_ATTR_STRING: number;
  };
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(name: string, attributes: OpAttribute[], inputs: Tensor[], nOutputs: number): Tensor[];
}

/** The raw operations of native TensorFlow; null on the WebAssembly backend, which has none. */
export function rawBackend(engine: Engine): RawBackend | null {
  return engine.backend === 'tensorflow' ? (engine.tf.backend() as unknown as RawBackend) : null;
}

/** `T: float32`, the attribute that nearly every operation wants, under the given name. */
export function floatType(backend: RawBackend, name = 'T'): OpAttribute {
  return { name, type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT };
}

export function boolAttribute(backend: RawBackend, name: string, value: boolean): OpAttribute {
  return { name, type: backend.binding.TF_ATTR_BOOL, value };
}

export function shapeAttribute(backend: RawBackend, name: string, value: readonly number[]): OpAttribute {
  return { name, type: backend.binding.TF_ATTR_SHAPE, value: [...value] };
}

export function stringAttribute(backend: RawBackend, name: string, value: string): OpAttribute {
  return { name, type: backend.binding.TF_ATTR_STRING, value };
}
