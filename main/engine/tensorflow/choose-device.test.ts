import { describe, expect, it } from 'vitest';
import { chooseDevice } from './choose-device.ts';

describe('chooseDevice', () => {
  it('takes the GPU when the CUDA build meets a card', () => {
    expect(chooseDevice({ flavour: 'cuda', hasGpu: true, wanted: 'auto' }).device).toBe('gpu');
  });
  it('stays on the processor when the person says so', () => {
    expect(chooseDevice({ flavour: 'cuda', hasGpu: true, wanted: 'cpu' }).device).toBe('cpu');
  });
  it('runs the CUDA build on the processor where there is no card', () => {
    const choice = chooseDevice({ flavour: 'cuda', hasGpu: false, wanted: 'auto' });
    expect(choice.device).toBe('cpu');
    expect(choice.why).toContain('no NVIDIA graphics card');
  });
  it('says how to get the GPU build when a card lies idle', () => {
    const choice = chooseDevice({ flavour: 'cpu', hasGpu: true, wanted: 'gpu' });
    expect(choice.device).toBe('cpu');
    expect(choice.why).toContain('--cuda');
  });
});
