import { formatFigure } from '../../design/format.ts';

/** A figure of a table; very large and very small ones with a power of ten. @param digits null: three significant ones */
export function figureText(value: number, digits: number | null): string {
  if (digits !== null) return value.toFixed(digits).replace('-', '−');
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e6)) return formatFigure(value).replace('-', '−');
  const [mantissa, exponent] = value.toExponential(1).split('e');
  const raised = [...String(Number(exponent))]
    .map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]))
    .join('');
  return `${mantissa.replace('-', '−')} · 10${raised}`;
}
