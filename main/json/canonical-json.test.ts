import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, inputKey } from './canonical-json.ts';

it('gives equal text for equal values, whatever the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(inputKey(turned)).toBe(inputKey(value));
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
    }),
  );
});

it('gives other keys for other values', () => {
  expect(new Set([{ a: 1 }, { a: 2 }, { b: 1 }, { a: '1' }, { a: [1] }, null].map(inputKey)).size).toBe(6);
});
