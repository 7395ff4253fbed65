import * as echarts from 'echarts';
import { PX_PER_MM } from './figure-size.ts';
import { FONT, FONT_FAMILY, INK } from './figure-style.ts';
import { plainSvg } from './plain-svg.ts';
import { textWidth } from './text-width.ts';

export type ChartOption = echarts.EChartsCoreOption;

// Without a browser ECharts guesses the width of text; here its guesses and our own layout use the same table.
echarts.setPlatformAPI({
  measureText: (text, font) => ({
    width: textWidth(text, Number.parseFloat(/([\d.]+)px/.exec(font ?? '')?.[1] ?? '12')),
  }),
});

/**
 * Renders a chart as SVG on a white ground, with its size in millimetres so that it is placed at the right size, a
 * `viewBox` in pixels, and a `<title>` and `<desc>` for readers that read aloud.
 */
export function renderSvg(
  option: ChartOption,
  size: { widthPx: number; heightPx: number },
  title: string,
  description: string,
): string {
  const width = Math.round(size.widthPx);
  const height = Math.round(size.heightPx);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: INK.background,
      textStyle: { fontFamily: FONT_FAMILY, fontSize: FONT.text, color: INK.text },
      ...option,
    });
    const mm = (px: number): string => `${Number((px / PX_PER_MM).toFixed(2))}mm`;
    const head = `<svg width="${mm(size.widthPx)}" height="${mm(size.heightPx)}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg" version="1.1" role="img">`;
    const names = `<title>${escapeXml(title)}</title>\n<desc>${escapeXml(description)}</desc>`;
    return plainSvg(chart.renderToSVGString()).replace(/^<svg[^>]*>/, () => `${head}\n${names}`);
  } finally {
    chart.dispose();
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
