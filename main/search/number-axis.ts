import type { NumberRange } from './search-domain.ts';

/** A range of numbers as the estimators see it: one interval on which values are spread evenly. */
export interface NumberAxis {
  /** Ends of the interval; half a step beyond the outermost values where only steps can be chosen. */
  low: number;
  high: number;
  /** Where a value lies. */
  at(value: number): number;
  /** The value at a place: the nearest step, or four significant digits where every number is possible. */
  value(place: number): number;
  /** The piece of the interval that stands for a value; null where every number is possible. */
  cell(value: number): readonly [low: number, high: number] | null;
}

/** Values along their logarithm where the range says so. */
export function numberAxis({ low, high, log, step }: NumberRange): NumberAxis {
  const at = log ? Math.log : (value: number) => value;
  const back = log ? Math.exp : (place: number) => place;
  if (step === undefined)
    return {
      low: at(low),
      high: at(high),
      at,
      value: (place) => Math.min(high, Math.max(low, Number(back(place).toPrecision(4)))),
      cell: () => null,
    };
  const nSteps = Math.floor((high - low) / step + 1e-9);
  // Below half of its first value a logarithmic axis would run off.
  const lower = (value: number) => at(log ? Math.max(value - step / 2, value / 2) : value - step / 2);
  const upper = (value: number) => at(value + step / 2);
  return {
    low: lower(low),
    high: upper(low + nSteps * step),
    at,
    value: (place) => {
      const k = Math.min(nSteps, Math.max(0, Math.round((back(place) - low) / step)));
      return Number((low + k * step).toPrecision(12));
    },
    cell: (value) => [lower(value), upper(value)],
  };
}
