import { expect, it } from 'vitest';
import { parseRange } from './parse-range.ts';

it('reads ranges and lists as they are typed', () => {
  expect(parseRange('vae', 'beta=0.01..10,log')).toEqual(['beta', { low: 0.01, high: 10, log: true }]);
  expect(parseRange('vae', 'inputDropout=0..0.8,step=0.1')).toEqual([
    'inputDropout',
    { low: 0, high: 0.8, log: false, step: 0.1 },
  ]);
  expect(parseRange('vae', 'learningRate=1e-4..1e-2,log,step=0.001')[1]).toMatchObject({ low: 1e-4, step: 0.001 });
  expect(parseRange('vae', 'hiddenLayers=64|128-32')).toEqual(['hiddenLayers', { choices: ['64', '128-32'] }]);
  expect(parseRange('vae', 'batchSize=64|128')).toEqual(['batchSize', { choices: [64, 128] }]);
  expect(parseRange('zipo', 'residuals=true|false')).toEqual(['residuals', { choices: [true, false] }]);
  expect(() => parseRange('vae', 'beta=low..10')).toThrow("'low' is no number");
  expect(() => parseRange('vae', 'beta')).toThrow('key=value');
});
