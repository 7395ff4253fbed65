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
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
