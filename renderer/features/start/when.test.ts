import { describe, expect, it } from 'vitest';
import { whenText } from './when.ts';

describe('whenText', () => {
  const now = new Date(2026, 2, 20, 15, 30);
  it.each([
    [new Date(2026, 2, 20, 15, 29, 40), 'just now'],
    [new Date(2026, 2, 20, 15, 25), '5 minutes ago'],
    [new Date(2026, 2, 20, 13, 30), '2 hours ago'],
    [new Date(2026, 2, 19, 23, 30), 'yesterday'],
    [new Date(2026, 2, 16, 1, 0), '4 days ago'],
    [new Date(2026, 0, 3), '3 Jan 2026'],
  ])('%s', (then, text) => expect(whenText(then.toISOString(), now)).toBe(text));
});
