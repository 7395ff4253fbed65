/** A bar of a round length. */
export interface ScaleBar {
  /** CSS pixels. */
  pixels: number;
  /** '200 µm', '2 mm' */
  text: string;
}

/** The longest bar of 1, 2 or 5 times a power of ten units that is at most `longest` pixels. */
export function scaleBar(pixelsPerUnit: number, unit: string, longest = 120): ScaleBar | null {
  if (!(pixelsPerUnit > 0) || unit === '') return null;
  const most = longest / pixelsPerUnit;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = [5, 2, 1].map((step) => step * power).find((candidate) => candidate <= most) ?? power;
  const micro = unit === 'µm' || unit === 'um' || unit === 'micrometre';
  const text =
    micro && length >= 1000 ? `${length / 1000} mm` : `${Number(length.toPrecision(1))} ${micro ? 'µm' : unit}`;
  return { pixels: length * pixelsPerUnit, text };
}
