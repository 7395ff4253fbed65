/**
 * What is taken out of TensorFlow's wheel on each system. Everything keeps the place that it has in the wheel, below
 * `.runtime/tensorflow/`, because TensorFlow's libraries look for NVIDIA's at `../nvidia/…/lib` from where they lie.
 *
 * Linux is built and tested. macOS and Windows follow from what lies in their wheels (looked into, never run).
 */

/** The C API and what its headers include, for the binding and for kernels of our own. */
const HEADERS = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/common_runtime/next_pluggable_device/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring*',
  'tensorflow/include/tsl/platform/ctstring*',
  'tensorflow/include/tsl/platform/platform.h',
  'tensorflow/include/xla/tsl/c/',
];

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const LIBRARIES = {
  linux: ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'],
  darwin: ['tensorflow/libtensorflow_cc.2.dylib', 'tensorflow/libtensorflow_framework.2.dylib'],
  win32: ['tensorflow/python/_pywrap_tensorflow_common.dll', 'tensorflow/python/_pywrap_tensorflow_common.dll.if.lib'],
};

/**
 * @param {NodeJS.Platform} [platform]
 * @returns {{ headers: string[], libraries: string[] }} members of the wheel
 */
export function membersOfWheel(platform = process.platform) {
  return { headers: HEADERS, libraries: LIBRARIES[platform] ?? [] };
}
