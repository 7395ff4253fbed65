import { describe, expect, it } from 'vitest';
import { LearningRate } from './learning-rate.ts';

describe('learning rate', () => {
  it("falls as ZiPo's does: from 0.0212 by a tenth an epoch to 0.001 at epoch 30", () => {
    const rate = new LearningRate(0.001, { decay: { initial: 0.0212, factor: 0.9 } });
    expect(rate.at(1)).toBe(0.0212);
    expect(rate.at(2)).toBeCloseTo(0.01908, 10);
    expect(rate.at(29)).toBeGreaterThan(0.001);
    expect(rate.at(30)).toBe(0.001);
  });

  it('falls when the held-out loss stands still, and goes on from its state', () => {
    const plan = { plateau: { patience: 3, factor: 0.1, minGain: 0.01, relative: true } };
    const rate = new LearningRate(1, plan);
    for (const loss of [10, 9.95, 9.92]) rate.consider(loss);
    expect(rate.at(4)).toBe(1);
    const resumed = new LearningRate(1, plan);
    resumed.restore(JSON.parse(JSON.stringify(rate.state())));
    for (const one of [rate, resumed]) {
      one.consider(9.91);
      expect(one.at(5)).toBe(0.1);
      for (const loss of [9.8, 9.7, 9.6]) one.consider(loss);
      expect(one.at(8)).toBe(0.1);
    }
  });
});
