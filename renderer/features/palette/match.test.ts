import { describe, expect, it } from 'vitest';
import { bestMatches, matchScore } from './match.ts';

describe('matchScore', () => {
  it('likes beginnings of titles best, then of words, then the inside of words, then letters in order', () => {
    const scores = ['Export', 'Go to Export', 'Reexport', 'Exp0o1rt'].map((title) => matchScore(title, 'export'));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
    expect(scores.every((score) => score > 0)).toBe(true);
  });

  it('needs every word, in any order', () => {
    expect(matchScore('AE · seed 1', '1 ae')).toBeGreaterThan(0);
    expect(matchScore('AE · seed 1', 'ae seed 2')).toBe(0);
  });

  it('forgives left-out letters but not chance', () => {
    expect(matchScore('Settings', 'stngs')).toBeGreaterThan(0);
    expect(matchScore('Go to the help', 'gth')).toBe(0);
    expect(matchScore('Undo', 'xyz')).toBe(0);
  });
});

it('bestMatches keeps the order of equals and of everything when nothing is asked', () => {
  const entries = [{ title: 'Go to Learn' }, { title: 'Go to Score' }, { title: 'Learn' }];
  expect(bestMatches(entries, '', 9)).toEqual(entries);
  expect(bestMatches(entries, 'learn', 9).map(({ title }) => title)).toEqual(['Learn', 'Go to Learn']);
  expect(bestMatches(entries, '', 1)).toHaveLength(1);
});
