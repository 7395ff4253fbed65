import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'electron/**/*.test.ts',
      'main/**/*.test.ts',
      'renderer/**/*.test.ts',
      'build/**/*.test.ts',
      'native-deps/**/*.test.ts',
    ],
    // Not a measure of speed: a test that hangs must end, also on a busy machine and on the slow backend.
    testTimeout: process.env.LACUNA_BACKEND === 'wasm' ? 600_000 : 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
  },
});
