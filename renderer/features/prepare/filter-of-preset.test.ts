import { describe, expect, it } from 'vitest';
import { limitWords, withPresetLimits } from './filter-of-preset.ts';

const none = {
  obs: { minCounts: null, maxCounts: null, minGenes: null, maxGenes: null, maxMitoPercent: null },
  var: { minCells: null, minCounts: null, maxCount: null },
};
const suica = { obs: { ...none.obs, minCounts: 200 }, var: { ...none.var, minCounts: 3, maxCount: 200 } };

describe('withPresetLimits', () => {
  it('fills in what is not set, and leaves what was chosen', () => {
    const chosen = { ...none, obs: { ...none.obs, minCounts: 823, maxMitoPercent: 5 } };
    expect(withPresetLimits(chosen, suica)).toEqual({
      obs: { ...chosen.obs },
      var: { minCells: null, minCounts: 3, maxCount: 200 },
    });
    expect(chosen.var.maxCount).toBeNull();
  });

  it('says when there is nothing to add', () => {
    expect(withPresetLimits(suica, suica)).toBeNull();
    expect(withPresetLimits(none, none)).toBeNull();
  });
});

describe('limitWords', () => {
  it('names what is left out', () => {
    expect(limitWords({ ...none, var: { ...none.var, minCells: 3 } }, 'cells')).toBe('genes in fewer than 3 cells');
    expect(limitWords(suica, 'spots')).toBe(
      'spots with fewer than 200 counts, genes with fewer than 3 counts and genes with a count above 200',
    );
    expect(limitWords({ ...none, obs: { ...none.obs, minCounts: 1 } }, 'cells')).toBe('cells without counts');
    expect(limitWords(none, 'cells')).toBe('');
  });
});
