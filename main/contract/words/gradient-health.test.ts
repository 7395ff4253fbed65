import { describe, expect, it } from 'vitest';
import { gradientHealth } from './gradient-health.ts';

const RAW = { librarySize: 'none', log1p: false, scale: 'none' };
const LOG = { librarySize: 'median', log1p: true, scale: 'none' };

function history(norms: number[]): { epoch: number; train: Record<string, number> }[] {
  return norms.map((gradientNorm, i) => ({ epoch: i + 1, train: { total: 1, gradientNorm } }));
}

describe('gradientHealth', () => {
  it('finds nothing where gradients fall and rise a little, or nothing was measured', () => {
    const steady = history([900, 300, 40, 38, 41, 52, 39]);
    expect(gradientHealth(steady, { normalisation: RAW, isBroken: false })).toEqual({ kind: 'steady' });
    expect(gradientHealth([{ epoch: 1, train: { total: 3 } }], { normalisation: RAW, isBroken: false })).toEqual({
      kind: 'steady',
    });
  });

  it('names the epoch of a jump, and raw counts as its reason', () => {
    const health = gradientHealth(history([900, 300, 40, 38, 41_000, 39]), { normalisation: RAW, isBroken: false });
    expect(health).toMatchObject({ kind: 'unstable' });
    const { text } = health as { text: string };
    expect(text).toContain('In epoch 5 the gradient was 4.1 · 10⁴');
    expect(text).toContain('Raw counts went in');
  });

  it('notices first epochs that were thrown about', () => {
    const health = gradientHealth(history([2e10, 9e10, 3e10, 3e6, 4e6, 3e6, 4e6, 3e6]), {
      normalisation: RAW,
      isBroken: false,
    });
    expect(health.kind).toBe('unstable');
    expect((health as { text: string }).text).toContain('In epoch 2 the gradient was 9.0 · 10¹⁰, 2.3 · 10⁴ times');
  });

  it('does not blame the input where that was a logarithm', () => {
    const health = gradientHealth(history([9, 3, 4, 3, 400]), { normalisation: LOG, isBroken: false });
    expect((health as { text: string }).text).toMatch(/unstable.*smaller learning rate/);
  });

  it('explains a training that broke down, with or without a jump before', () => {
    for (const norms of [
      [9, 3, 4],
      [9, 3, 4, 3, 400],
    ]) {
      const health = gradientHealth(history(norms), { normalisation: RAW, isBroken: true });
      expect(health.kind).toBe('broken');
      expect((health as { text: string }).text).toContain(`broke down in epoch ${norms.length}.`);
    }
  });
});
