import { describe, expect, it } from 'vitest';
import { CATEGORY_COLOURS, MISSING_COLOUR } from '../../contract/palettes/categorical.ts';
import { paletteColour } from '../../contract/palettes/continuous.ts';
import { embeddingFigure, type EmbeddingFigure } from './embedding-figure.ts';
import { PX_PER_MM } from './figure-size.ts';
import { lossFigure } from './loss-figure.ts';
import { scoreFigure } from './score-figure.ts';

/** Circles of the legend are larger than those of the data. */
const LEGEND_RADIUS = '3.2';

interface Circle {
  x: number;
  y: number;
  r: string;
  fill: string;
}

function circles(svg: string): Circle[] {
  const found: Circle[] = [];
  let group = '';
  for (const [, fill, attributes] of svg.matchAll(/<g fill="([^"]+)">|<circle ([^>]*)>/g)) {
    if (fill !== undefined) group = fill;
    else {
      const get = (name: string): string | undefined => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
      found.push({ x: Number(get('cx')), y: Number(get('cy')), r: get('r') ?? '', fill: get('fill') ?? group });
    }
  }
  return found;
}

const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
const viewBox = (svg: string): number[] => /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.slice(1).map(Number);

/** `nClusters` clusters; cluster 0 has the most points; the last point has no label. */
function clustered(nClusters: number, widthMm: number): EmbeddingFigure {
  const codes = Array.from({ length: nClusters }, (_, i) => new Array<number>(nClusters - i + 1).fill(i)).flat();
  codes.push(-1);
  const values = Float32Array.from({ length: codes.length * 2 }, (_, i) => Math.sin(i * 1.7) * 10);
  return {
    title: 'Clusters & <labels>',
    axes: 'UMAP',
    nDim: 2,
    values,
    colour: {
      kind: 'categorical',
      label: 'cell type',
      codes,
      categories: Array.from({ length: nClusters }, (_, i) => `type number ${i}`),
    },
    size: { widthMm },
  };
}

describe('embeddingFigure by category', () => {
  it.each([
    [12, 85],
    [40, 85],
    [12, 174],
    [40, 174],
  ])('draws %i clusters on %i mm with the legend beside or below the data', (nClusters, widthMm) => {
    const figure = clustered(nClusters, widthMm);
    const svg = embeddingFigure(figure);
    const all = circles(svg);
    const points = all.filter((circle) => circle.r !== LEGEND_RADIUS);
    const legend = all.filter((circle) => circle.r === LEGEND_RADIUS);
    expect(points).toHaveLength(figure.values.length / 2);
    expect(legend.map((circle) => circle.fill)).toEqual([...CATEGORY_COLOURS.slice(0, nClusters), MISSING_COLOUR]);
    const labels = texts(svg).filter((text) => /^(type number|not labelled)/.test(text));
    expect(labels).toEqual([
      ...Array.from({ length: nClusters }, (_, i) => `type number ${i} (${nClusters - i + 1})`),
      'not labelled (1)',
    ]);
    // Everything lies on the page, and the legend apart from the data.
    const [width, height] = viewBox(svg);
    for (const { x, y } of all) expect(x > 0 && x < width && y > 0 && y < height).toBe(true);
    const right = Math.min(...legend.map(({ x }) => x)) > Math.max(...points.map(({ x }) => x));
    const below = Math.min(...legend.map(({ y }) => y)) > Math.max(...points.map(({ y }) => y));
    expect(right || below).toBe(true);
    expect(svg).toContain(`width="${widthMm}mm"`);
    expect(texts(svg)).toContain('UMAP 1');
    expect(texts(svg)).toContain('UMAP 2');
    expect(texts(svg)).toContain('Clusters &amp; &lt;labels&gt;');
  });

  it('draws observations without a label first and small clusters last', () => {
    const points = circles(embeddingFigure(clustered(5, 85))).filter((circle) => circle.r !== LEGEND_RADIUS);
    expect(points[0].fill).toBe(MISSING_COLOUR);
    expect(points[1].fill).toBe(CATEGORY_COLOURS[0]);
    expect(points.at(-1)!.fill).toBe(CATEGORY_COLOURS[4]);
  });

  it('keeps text as text in Inter, and the same input gives the same bytes', () => {
    const svg = embeddingFigure(clustered(12, 85));
    expect(svg).toContain('font-family:Inter');
    expect(svg).not.toContain('dominant-baseline');
    expect(embeddingFigure(clustered(12, 85))).toBe(svg);
  });

  it('refuses a height without room for the data, and says which would do', () => {
    expect(() => embeddingFigure({ ...clustered(40, 85), size: { widthMm: 85, heightMm: 60 } })).toThrow(
      /needs a height of at least \d+ mm/,
    );
  });

  it('gives both axes one scale where coordinates are lengths', () => {
    const figure = { ...clustered(1, 85), values: Float32Array.of(0, 0, 10, 0, 10, 1), equalAspect: true };
    figure.colour = { kind: 'categorical', label: 'x', codes: [0, 0, 0], categories: ['a'] };
    const [a, b, c] = circles(embeddingFigure(figure)).filter((circle) => circle.r !== LEGEND_RADIUS);
    expect((b.x - a.x) / (b.y - c.y)).toBeCloseTo(10, 1);
  });
});

describe('embeddingFigure of positions', () => {
  // 1,000 µm wide in 500 units of 2 µm.
  const map: EmbeddingFigure = {
    ...clustered(1, 85),
    axes: null,
    equalAspect: true,
    yDown: true,
    values: Float32Array.of(0, 0, 500, 0, 500, 250),
    colour: { kind: 'categorical', label: 'layer', codes: [0, 0, 0], categories: ['a'] },
  };

  it('draws a scale bar as long as it says, and no axes', () => {
    const svg = embeddingFigure({ ...map, unit: '2 µm' });
    const [a, b] = circles(svg).filter((circle) => circle.r !== LEGEND_RADIUS);
    const text = texts(svg).find((one) => one.endsWith('µm'))!;
    const [, from, to] = /<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" fill="none" stroke="#1f2328"/.exec(svg)!;
    expect((Number(to) - Number(from)) / (b.x - a.x)).toBeCloseTo(Number.parseInt(text, 10) / 1000, 2);
    expect(texts(svg).some((one) => one.includes('UMAP'))).toBe(false);
    expect(svg).toContain('3 observations where they lie, coloured by layer.');
  });

  it('draws none where the unit is not known', () => {
    expect(texts(embeddingFigure(map)).join()).not.toContain('µm');
  });
});

describe('embeddingFigure by number', () => {
  const values = Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3);

  it('draws missing values first, then low before high, in the colours of the palette', () => {
    const colour = { kind: 'numeric', label: 'LYZ', unit: 'log(1 + CP10k)', values: [3, NaN, 0, 1.5] } as const;
    const svg = embeddingFigure({ title: 'LYZ', axes: ['x', 'y'], nDim: 2, values, colour });
    const points = circles(svg).filter((circle) => circle.r !== LEGEND_RADIUS);
    expect(points.map((circle) => circle.fill)).toEqual([
      MISSING_COLOUR,
      paletteColour('viridis', 0),
      paletteColour('viridis', 128 / 255),
      paletteColour('viridis', 1),
    ]);
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['LYZ', 'log(1 + CP10k)', '0', '1', '2', '3', 'no value', 'x', 'y']),
    );
    expect(svg).toContain('<linearGradient');
  });

  it('marks a range that cuts values off', () => {
    const colour = {
      kind: 'numeric',
      label: 'counts',
      unit: '',
      values: [0, 500, 1000, 20000],
      palette: 'magma',
      range: [0, 1000],
    } as const;
    const svg = embeddingFigure({ title: '', axes: 'PCA', nDim: 2, values, colour });
    expect(texts(svg)).toContain('≥ 1,000');
  });
});

describe('scoreFigure', () => {
  it('writes every figure, the best of each column in bold, by its direction', () => {
    const svg = scoreFigure({
      title: 'Scores',
      rows: ['PCA', 'VAE'],
      metrics: [
        { label: 'ARI', higherIsBetter: true },
        { label: 'MSE', higherIsBetter: false },
        { label: 'Clusters', higherIsBetter: null },
      ],
      values: [
        [0.7, 0.5, 9],
        [0.6, 0.25, null],
      ],
      sd: [
        [null, null, null],
        [0.05, 0.01, null],
      ],
    });
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['PCA', 'VAE', 'ARI', 'MSE', '0.700', '0.600 ± 0.050', '0.250 ± 0.010', '–']),
    );
    const bold = [...svg.matchAll(/<text[^>]*font-weight:700[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(bold.sort()).toEqual(['0.250 ± 0.010', '0.700']);
  });

  it('refuses a table without scores', () => {
    expect(() => scoreFigure({ title: '', rows: [], metrics: [], values: [] })).toThrow('no scores');
  });
});

describe('lossFigure', () => {
  const history = Array.from({ length: 20 }, (_, i) => ({
    epoch: i + 1,
    train: { total: 10 / (i + 1), kl: i },
    heldOut: i % 5 === 0 ? { total: 12 / (i + 1) } : null,
  }));

  it('draws a panel for each term with a full and a dashed line', () => {
    const svg = lossFigure({ title: 'Run 1', history, bestEpoch: 12 });
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['total', 'KL divergence', 'training', 'held out', 'epoch kept', 'epoch', 'loss']),
    );
    expect(texts(svg).filter((text) => text === 'epoch')).toHaveLength(2);
    expect(svg.match(/<path[^>]*stroke="#0072b2"/g)).toHaveLength(3); // the key and two curves
    expect(svg.match(/<path[^>]*stroke="#d55e00"[^>]*stroke-dasharray/g)).toHaveLength(2); // the key and one curve
    expect(viewBox(svg)[0]).toBe(Math.round(85 * PX_PER_MM));
  });

  it('says why there is nothing to draw', () => {
    expect(() => lossFigure({ title: '', history: [] })).toThrow('no training history');
  });
});
