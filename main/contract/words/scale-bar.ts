/** A bar of a round length. */
export interface ScaleBar {
  /** CSS pixels. */
  pixels: number;
  /** '200 µm', '2 mm' */
  text: string;
}

/** How many µm the unit of coordinates is: 'µm' is 1, '0.65 µm' is 0.65; null for other units and none. */
export function micrometresOf(unit: string): number | null {
  const found = /^(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*)?(?:µm|μm|um|micrometre|micrometer|micron)s?$/i.exec(unit.trim());
  if (found === null) return null;
  const each = found[1] === undefined ? 1 : Number(found[1]);
  return each > 0 && Number.isFinite(each) ? each : null;
}

/** The unit of coordinates of which one step is so many µm: the opposite of `micrometresOf`. */
export function unitOfMicrometres(micrometres: number): string {
  return micrometres === 1 ? 'µm' : `${micrometres} µm`;
}

/** The longest bar of 1, 2 or 5 times a power of ten units that is at most `longest` pixels; null without a unit. */
export function scaleBar(pixelsPerUnit: number, unit: string, longest = 120): ScaleBar | null {
  if (!(pixelsPerUnit > 0) || unit === '') return null;
  const micrometres = micrometresOf(unit);
  const pixelsPerStep = micrometres === null ? pixelsPerUnit : pixelsPerUnit / micrometres;
  const most = longest / pixelsPerStep;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = [5, 2, 1].map((step) => step * power).find((candidate) => candidate <= most) ?? power;
  const pixels = length * pixelsPerStep;
  if (micrometres !== null && length >= 1000) return { pixels, text: `${length / 1000} mm` };
  return { pixels, text: `${Number(length.toPrecision(1))} ${micrometres === null ? unit : 'µm'}` };
}
