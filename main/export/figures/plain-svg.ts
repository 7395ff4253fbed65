/** A point as ECharts writes it: a unit circle as a path, scaled and moved. */
const POINT =
  /<path d="M1 0A1 1 0 1 1 1 -0\.1A1 1 0 0 1 1 0" transform="matrix\(([\d.]+),0,0,\1,([-\d.]+),([-\d.]+)\)" fill="([^"]+)"[^>]*><\/path>\n?/g;

/** Half the height of Inter's capitals, in font sizes: how far a baseline lies below the middle of a line. */
const HALF_CAPITAL = 0.364;

/**
 * ECharts' SVG as a drawing program likes it: points are `<circle>`s, those of one colour in one group, and what only
 * a web page needs (hover styles, data marks, names that count renderings) is gone. Text is placed by its baseline: many
 * programs do not know `dominant-baseline`. A fifth of the size, and the same input gives the same bytes.
 */
export function plainSvg(svg: string): string {
  const tidy = svg
    .replace(/<style ?>[\s\S]*?<\/style>\n?/g, '')
    .replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, 'zr-')
    .replace(/<text dominant-baseline="central"([^>]*)>/g, (_, attributes: string) => {
      const size = Number(/font-size:([\d.]+)px/.exec(attributes)?.[1] ?? 12);
      const y = Number(/ y="([-\d.]+)"/.exec(attributes)?.[1] ?? 0) + HALF_CAPITAL * size;
      const rest = attributes.replace(/ y="[-\d.]+"/, '').replace(/font-size:[\d.]+px/, `font-size:${short(size)}px`);
      return `<text y="${short(y)}"${rest}>`;
    });
  let colour: string | null = null;
  let expected = 0;
  const parts: string[] = [];
  for (const match of tidy.matchAll(POINT)) {
    const [element, radius, x, y, fill] = match;
    const interrupted = match.index !== expected;
    if (colour !== null && (interrupted || fill !== colour)) {
      parts.push('</g>\n');
      colour = null;
    }
    if (interrupted) parts.push(tidy.slice(expected, match.index));
    if (colour === null) parts.push(`<g fill="${fill}">\n`);
    colour = fill;
    parts.push(`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"/>\n`);
    expected = match.index + element.length;
  }
  if (colour !== null) parts.push('</g>\n');
  parts.push(tidy.slice(expected));
  return parts.join('');
}

/** A hundredth of a pixel is finer than any printer. */
function short(number: string | number): string {
  return String(Math.round(Number(number) * 100) / 100);
}
