import { describe, expect, it } from 'vitest';
import { linearScale, logScale, scaleOf } from './axis-scale.ts';
import { barPlaces, barsOf, barsOfHistogram } from './bars.ts';
import { keepObs } from './keep-obs.ts';
import { roundLimit } from './round-limit.ts';
import { outline, violinOf } from './violin.ts';

const none = { minCounts: null, maxCounts: null, minGenes: null, maxGenes: null, maxMitoPercent: null };

describe('keepObs', () => {
  const measures = {
    counts: Float64Array.of(100, 500, 1000, 9000),
    genes: Float64Array.of(50, 200, 400, 3000),
    mitoPercent: Float64Array.of(1, 2, 30, 3),
  };

  it('keeps everything without rules', () => {
    expect(keepObs(none, measures)).toMatchObject({ kept: 4, each: [] });
  });

  it('counts each rule alone and all together; limits themselves stay', () => {
    const kept = keepObs({ ...none, minCounts: 500, maxGenes: 400, maxMitoPercent: 5 }, measures);
    expect([...kept.flags]).toEqual([0, 1, 0, 0]);
    expect(kept.kept).toBe(1);
    expect(kept.each).toEqual([
      { key: 'minCounts', kept: 3 },
      { key: 'maxGenes', kept: 3 },
      { key: 'maxMitoPercent', kept: 3 },
    ]);
  });

  it('does not judge a share that is unknown', () => {
    expect(keepObs({ ...none, maxMitoPercent: 5 }, { ...measures, mitoPercent: null }).kept).toBe(4);
  });
});

describe('axes', () => {
  it('finds the value of a place again', () => {
    for (const scale of [logScale(10, 20_000, false), logScale(1, 900, true), linearScale(0, 42)]) {
      for (const value of [11, 30, 41.5]) expect(scale.toValue(scale.toFraction(value))).toBeCloseTo(value, 6);
    }
  });

  it('gives 0 a place of its own on a logarithmic axis', () => {
    const scale = scaleOf([0, 1, 10, 100], true);
    expect(scale.toFraction(0)).toBe(0);
    expect(scale.toFraction(1)).toBeGreaterThan(0.05);
    expect(scale.ticks).toContain(0);
  });

  it('has ticks within its ends', () => {
    for (const scale of [
      scaleOf([500, 4000], true),
      scaleOf([0.5, 22], false),
      scaleOf([3, 3], true),
      scaleOf([], true),
    ]) {
      expect(scale.ticks.every((tick) => tick >= 0 && tick <= scale.high)).toBe(true);
    }
    expect(scaleOf([500, 4000], true).ticks).toEqual([500, 1000, 2000]);
  });
});

describe('bars', () => {
  it('count every value once, kept ones apart', () => {
    const values = [0, 1, 2, 5, 50, 100];
    const bars = barsOf(barPlaces(values, scaleOf(values, true)), [0, 1, 1, 1, 1, 0]);
    expect(bars.reduce((sum, bar) => sum + bar.total, 0)).toBe(6);
    expect(bars.reduce((sum, bar) => sum + bar.kept, 0)).toBe(4);
    expect(bars[0].kept).toBe(0);
  });

  it('split the bar that a limit crosses', () => {
    const bars = barsOfHistogram({ edges: [0, 10, 20], counts: [8, 6] }, linearScale(0, 20), { min: 5, max: null });
    expect(bars.map((bar) => bar.kept)).toEqual([4, 6]);
  });
});

describe('roundLimit', () => {
  it('gives numbers that a person would type', () => {
    expect(roundLimit(5.4321, '%')).toBe(5.4);
    expect(roundLimit(213.7, 'counts')).toBe(214);
    expect(roundLimit(12_345.6, 'counts')).toBe(12_300);
  });
});

describe('violinOf', () => {
  const scale = linearScale(0, 100);
  /** Normal around 30 by the inverse of its distribution's logistic approximation: no chance, no seed. */
  const values = Float64Array.from({ length: 4_000 }, (_, i) => {
    const share = (i + 0.5) / 4_000;
    return 30 + 5 * 0.5513 * Math.log(share / (1 - share));
  });
  const places = barPlaces(values, scale);
  const everything = violinOf(barsOf(places, new Uint8Array(values.length).fill(1)));

  it('is widest where most values lie, with the quartiles of the values', () => {
    const peak = everything.at[everything.all.indexOf(Math.max(...everything.all))];
    expect(scale.toValue(peak)).toBeGreaterThan(28);
    expect(scale.toValue(peak)).toBeLessThan(32);
    expect(scale.toValue(everything.median)).toBeCloseTo(30, 0);
    expect(scale.toValue(everything.lower)).toBeCloseTo(values[1_000], 0);
    expect(scale.toValue(everything.upper)).toBeCloseTo(values[3_000], 0);
  });

  it('claims nothing outside of what was measured', () => {
    const [low, high] = [values[0], values[values.length - 1]];
    const bar = 1 / 64;
    expect(everything.at[0]).toBeGreaterThanOrEqual(scale.toFraction(low) - bar);
    expect(everything.at.at(-1)).toBeLessThanOrEqual(scale.toFraction(high) + bar);
  });

  it('shows what is kept inside of everything', () => {
    const half = violinOf(
      barsOf(
        places,
        values.map((value) => (value >= 30 ? 1 : 0)),
      ),
    );
    expect(half.all).toEqual(everything.all);
    half.kept.forEach((kept, i) => expect(kept).toBeLessThanOrEqual(half.all[i]));
    const near = (value: number) => half.at.findIndex((place) => scale.toValue(place) >= value);
    expect(half.kept[near(20)]).toBeLessThan(0.05 * half.all[near(20)]);
    expect(half.kept[near(40)]).toBeGreaterThan(0.95 * half.all[near(40)]);
  });

  it('is nothing where nothing was measured, and a bar where all values are one', () => {
    expect(outline([], [], { width: 10, height: 10 })).toBe('');
    expect(violinOf([{ from: 0, to: 1, total: 0, kept: 0 }]).at).toEqual([]);
    const one = violinOf([{ from: 0.25, to: 0.5, total: 7, kept: 7 }]);
    expect(one.all).toEqual(one.kept);
    expect(one.median).toBeCloseTo(0.375);
    expect(outline([0, 1], [0.5, 1], { width: 10, height: 8 })).toBe('M0.0,2.0L10.0,0.0L10.0,8.0L0.0,6.0Z');
  });
});
