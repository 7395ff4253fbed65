import { describe, expect, it } from 'vitest';
import { explanationSchema } from '../contract/entities/explanation.ts';
import { explainMethod } from './explanations.ts';
import { methods } from './registry.ts';

describe.each(methods.map(({ id }) => id))('the explanation of %s', (id) => {
  const explanation = explainMethod(id);
  const nodes = explanation.diagram.columns.flat();

  it('says what a person has to know, in sentences', () => {
    expect(explanationSchema.parse(JSON.parse(JSON.stringify(explanation)))).toEqual(explanation);
    expect(explanation.how.length).toBeGreaterThan(1);
    for (const list of ['when', 'whenNot', 'needs', 'gives'] as const)
      expect(explanation[list].length).toBeGreaterThan(0);
    for (const text of [explanation.idea, explanation.cost, explanation.check, ...explanation.how])
      expect(text).toMatch(/^[\p{Lu}\p{Lt}σβω].{20,}[.!]$/su);
  });

  it('has a diagram that can be drawn: every arrow joins two boxes, every box is joined, labels are short', () => {
    const ids = nodes.map((node) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(explanation.diagram.columns.length).toBeLessThanOrEqual(6);
    for (const column of explanation.diagram.columns) expect(column.length).toBeLessThanOrEqual(3);
    const { arrows } = explanation.diagram;
    for (const { from, to } of arrows) expect([ids.includes(from), ids.includes(to), from !== to]).not.toContain(false);
    for (const node of ids) expect(arrows.some(({ from, to }) => from === node || to === node)).toBe(true);
    for (const { label, note } of nodes) {
      expect(label.length).toBeLessThanOrEqual(24);
      expect((note ?? '').length).toBeLessThanOrEqual(20);
    }
  });
});

it('names the method that it does not know', () => {
  expect(() => explainMethod('magic')).toThrow(expect.objectContaining({ code: 'not-found' }));
});
