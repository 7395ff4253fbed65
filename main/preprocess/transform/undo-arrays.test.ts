import { describe, expect, it } from 'vitest';
import { packUndoFacts, unpackUndoFacts } from './undo-arrays.ts';
import { undoTransform } from './undo-transform.ts';

describe('undo facts as arrays', () => {
  const scaling = { shift: Float64Array.of(0.5, 1.25, 0), factor: Float64Array.of(2, 0.3, 1) };

  it.each([null, scaling])('undo the same after packing (scaling: %o)', (perGene) => {
    const facts = { nVar: 3, factor: Float64Array.of(4, 0.25), log1p: true, scaling: perGene };
    const again = unpackUndoFacts(packUndoFacts(facts), 3, true);
    for (const scale of ['log', 'normalised', 'counts'] as const) {
      const direct = Float32Array.of(0.1, 0.7, 1.4, 0, -3, 2.2);
      const packed = direct.slice();
      undoTransform(facts, direct, [0, 1], scale);
      undoTransform(again, packed, [0, 1], scale);
      packed.forEach((value, i) => expect(Math.abs(value - direct[i])).toBeLessThan(1e-6 * (1 + Math.abs(direct[i]))));
    }
  });
});
