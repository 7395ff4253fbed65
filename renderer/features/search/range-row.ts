import { fieldProblem, type FieldValue, type MethodField } from '../learn/learn-form.svelte.ts';
import type { SearchDomain } from './search-types.ts';

/** A setting in the form of a search: either one value for all trials, or what is tried. */
export interface RangeRow {
  field: MethodField;
  searched: boolean;
  /** For all trials, where it is not searched. */
  value: FieldValue;
  low: number | null;
  high: number | null;
  log: boolean;
  /** Null: any number (whole ones for whole settings). */
  step: number | null;
  /** Choices of a list, as they are written: '64, 128, 128-32'. */
  list: string;
  /** Chosen of the options of the field. */
  options: readonly string[];
}

/** Begins with what the method suggests; what it does not suggest is not searched. */
export function rangeRow(field: MethodField, value: FieldValue): RangeRow {
  const domain = field.search ?? around(field, value);
  const choices = domain !== null && 'choices' in domain ? domain.choices.map(String) : [];
  const range = domain !== null && 'low' in domain ? domain : null;
  return {
    field,
    searched: field.search !== null,
    value,
    low: range?.low ?? null,
    high: range?.high ?? null,
    log: range?.log ?? false,
    step: range?.step ?? null,
    list: choices.join(', '),
    options: choices,
  };
}

/** A range to begin with: all options, or a quarter to four times the value. */
function around(field: MethodField, value: FieldValue): SearchDomain | null {
  if (field.options !== null) return { choices: field.options };
  if (field.type === 'boolean') return { choices: [true, false] };
  if (typeof value !== 'number') return { choices: [value] };
  const within = (wanted: number): number => {
    const inside = Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, wanted));
    return field.type === 'integer' ? Math.round(inside) : Number(inside.toPrecision(3));
  };
  if (value > 0) return { low: within(value / 4), high: within(value * 4), log: field.type === 'number' };
  return { low: within(0), high: within(1), log: false };
}

/** Whether it is searched as a range of numbers; else as a list. */
export function isRange({ field, options }: Pick<RangeRow, 'field' | 'options'>): boolean {
  return (field.type === 'integer' || field.type === 'number') && options.length === 0;
}

/** What is tried, as it is sent; null where it cannot be. */
export function domainOf(row: RangeRow): SearchDomain | null {
  return rowProblem(row) === null ? written(row) : null;
}

function written(row: RangeRow): SearchDomain {
  const { field, low, high, log, step, options, list } = row;
  if (isRange(row)) return { low: low ?? NaN, high: high ?? NaN, log, ...(step === null ? {} : { step }) };
  if (field.type === 'boolean') return { choices: options.map((option) => option === 'true') };
  if (field.options !== null) return { choices: [...options] };
  const parts = list
    .split(/[,;\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const isNumber = field.type === 'integer' || field.type === 'number';
  return { choices: [...new Set(parts)].map((part) => (isNumber ? Number(part) : part)) };
}

/** What is wrong with a row, in words; null when it is fine. */
export function rowProblem(row: RangeRow): string | null {
  const { field, searched, value } = row;
  if (!searched) return fieldProblem(field, value);
  const domain = written(row);
  if ('choices' in domain) {
    if (domain.choices.length < 2) return 'At least two values are needed.';
    for (const choice of domain.choices) {
      const problem = fieldProblem(field, choice);
      if (problem !== null) return `${String(choice)}: ${problem}`;
    }
    return null;
  }
  const { low, high, log, step } = domain;
  const end = fieldProblem(field, low) ?? fieldProblem(field, high);
  if (end !== null) return end;
  if (low >= high) return 'The lower end must lie below the upper one.';
  if (log && low <= 0) return 'A logarithmic range begins above 0.';
  if (step !== undefined && (!(step > 0) || step > high - low)) return 'The step must fit into the range.';
  return null;
}
