import { describe, expect, it } from 'vitest';
import { methodDescriptionSchema } from '../contract/entities/method.ts';
import type { DatasetFacts, Machine } from './method.ts';
import { describeMethod, getMethod, methods, resolveParameters } from './registry.ts';

const facts: DatasetFacts = { nObs: 2638, nVar: 13714, nnz: 2_238_732, valueKind: 'counts', obsm: [] };
const machine: Machine = { totalMemoryBytes: 16e9, freeMemoryBytes: 8e9, threads: 2, flopsPerSecond: 1e11 };

describe('registry', () => {
  it('offers methods with unique ids and at least one preset', () => {
    expect(new Set(methods.map(({ id }) => id)).size).toBe(methods.length);
    for (const method of methods) expect(method.presets.length).toBeGreaterThan(0);
  });

  it('names the known methods when one is not known', () => {
    expect(() => getMethod('umap')).toThrow(
      expect.objectContaining({ code: 'not-found', remedy: expect.stringContaining('ae, vae, ') }),
    );
  });

  it.each(methods.map((method) => [method.id, method] as const))(
    'describes %s as JSON that the contract takes, every field in words',
    (_, method) => {
      const description = methodDescriptionSchema.parse(JSON.parse(JSON.stringify(describeMethod(method))));
      for (const field of description.fields) {
        expect(field.label).not.toBe(field.key);
        expect(field.help.length).toBeGreaterThan(10);
        expect(field.default).toBeDefined();
        if (field.type === 'integer' || field.type === 'number') expect(field.max).not.toBeNull();
      }
      for (const preset of description.presets) expect(resolveParameters(method, preset.id)).toEqual(preset.parameters);
    },
  );

  it.each(methods.map((method) => [method.id, method] as const))('estimates %s: more cells cost more', (_, method) => {
    const parameters = resolveParameters(method, null) as never;
    const small = method.estimate(facts, parameters, machine);
    const large = method.estimate({ ...facts, nObs: facts.nObs * 50, nnz: facts.nnz * 50 }, parameters, machine);
    expect(small.memoryBytes).toBeGreaterThan(1e8);
    expect(large.memoryBytes).toBeGreaterThan(small.memoryBytes);
    expect(large.seconds).toBeGreaterThanOrEqual(small.seconds);
  });
});

describe('resolveParameters', () => {
  const ae = getMethod('ae');

  it('puts the person before the preset before the default, and reads texts', () => {
    const resolved = resolveParameters(ae, 'paper', { epochs: '12', learningRate: '1e-4' });
    expect(resolved).toMatchObject({ epochs: 12, learningRate: 1e-4, hiddenLayers: '128-32-16', latentSize: 6 });
  });

  it.each([
    [{ epochs: '0' }, "The setting 'epochs' (Epochs) is 0; expected a whole number from 1 to 10000."],
    [{ epochs: 'many' }, '"many"'],
    [{ latentActivation: 'tanh' }, 'expected one of relu, linear'],
    [{ hiddenLayers: '128,32' }, 'such as 128-32-16'],
    [{ depth: 3 }, "has no setting 'depth'"],
  ])('refuses %j in plain words', (overrides, words) => {
    expect(() => resolveParameters(ae, 'paper', overrides)).toThrow(
      expect.objectContaining({ code: 'bad-option', message: expect.stringContaining(words) }),
    );
  });

  it('names the presets when one is not known', () => {
    expect(() => resolveParameters(ae, 'best')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});
