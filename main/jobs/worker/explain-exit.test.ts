import { expect, test } from 'vitest';
import { explainExit } from './explain-exit.ts';

const roomy = { leastFreeBytes: 12e9, totalBytes: 24e9 };
const short = { leastFreeBytes: 0.5e9, totalBytes: 24e9 };

test.each([
  ['killed while memory was short', { code: null, signal: 'SIGKILL', stderr: '' }, short, 'out-of-memory'],
  ['killed with memory to spare', { code: null, signal: 'SIGKILL', stderr: '' }, roomy, 'worker-lost'],
  [
    'the heap is full',
    {
      code: 134,
      signal: null,
      stderr: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    },
    roomy,
    'out-of-memory',
  ],
  [
    'native allocation failed',
    { code: null, signal: 'SIGABRT', stderr: "terminate called after throwing an instance of 'std::bad_alloc'" },
    roomy,
    'out-of-memory',
  ],
  ['an abort of native code', { code: null, signal: 'SIGABRT', stderr: 'Check failed: ok' }, roomy, 'worker-lost'],
  ['an exit without a word', { code: 3, signal: null, stderr: '' }, roomy, 'worker-lost'],
] as const)('%s', (_name, exit, memory, code) => {
  const error = explainExit(exit, memory);
  expect(error.code).toBe(code);
  expect(error.remedy).not.toBe('');
  expect(error.message).not.toMatch(/file/);
});
