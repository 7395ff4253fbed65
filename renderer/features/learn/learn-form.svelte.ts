import type { z } from 'zod';
import type { methodDescriptionSchema, methodFieldSchema } from '../../../main/contract/entities/method.ts';
import type { core } from '../../rpc/client.ts';

export type MethodDescription = z.infer<typeof methodDescriptionSchema>;
export type MethodField = z.infer<typeof methodFieldSchema>;
export type Estimate = Awaited<ReturnType<typeof core.methods.estimate>>;

/** What the form sends for a field: numbers as numbers, so that the core's checks speak of them. */
export type FieldValue = string | number | boolean;

/** The settings of one run to be: a method, a preset, and what differs from it. */
export class LearnForm {
  method = $state.raw<MethodDescription | null>(null);
  presetId = $state('');
  /** Complete values by key, as the preset has them until they are changed. */
  values = $state<Record<string, FieldValue>>({});
  seeds = $state(1);
  firstSeed = $state(1);
  asPrepared = $state(false);
  estimate = $state.raw<Estimate | null>(null);

  readonly preset = $derived(this.method?.presets.find((preset) => preset.id === this.presetId) ?? null);
  /** Keys that differ from the preset. */
  readonly changed = $derived(
    this.preset === null
      ? []
      : Object.keys(this.values).filter((key) => this.values[key] !== this.preset?.parameters[key]),
  );
  readonly parameters = $derived(Object.fromEntries(this.changed.map((key) => [key, this.values[key]])));
  readonly seedList = $derived(Array.from({ length: this.seeds }, (_, i) => this.firstSeed + i));

  choose(method: MethodDescription, presetId = method.presets[0].id): void {
    this.method = method;
    this.choosePreset(presetId);
  }

  choosePreset(presetId: string): void {
    this.presetId = presetId;
    this.reset();
  }

  /** Back to the preset. */
  reset(): void {
    const preset = this.method?.presets.find((candidate) => candidate.id === this.presetId);
    this.values = { ...((preset?.parameters ?? {}) as Record<string, FieldValue>) };
  }

  /** Takes over the settings of an earlier run. */
  prefill(parameters: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(parameters)) {
      if (key in this.values) this.values[key] = value as FieldValue;
    }
  }
}

/** Where a typed number lies outside the range of its field, in words; null when it is fine. */
export function fieldProblem(field: MethodField, value: FieldValue | undefined): string | null {
  if (field.type === 'integer' || field.type === 'number') {
    if (typeof value !== 'number' || Number.isNaN(value)) return 'A number is expected.';
    if (field.type === 'integer' && !Number.isInteger(value)) return 'A whole number is expected.';
    if (field.min !== null && value < field.min) return `At least ${field.min}.`;
    if (field.max !== null && value > field.max) return `At most ${field.max}.`;
  }
  return null;
}
