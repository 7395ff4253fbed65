import { CATEGORY_COLOURS } from '../../main/contract/palettes/categorical.ts';

/** Colours of the window as charts need them: as values, for a canvas knows no custom properties. */
export interface ChartColours {
  text: string;
  muted: string;
  line: string;
  lineStrong: string;
  ground: string;
  raised: string;
  accent: string;
  danger: string;
  warning: string;
  success: string;
  /** Colours of categories have to be seen on a dark ground. */
  isDark: boolean;
}

/** Figures that are saved are on white, whatever the window looks like; the tokens of the light theme. */
export const PAPER_COLOURS: ChartColours = {
  text: '#1b2228',
  muted: '#55616c',
  line: '#d5dce2',
  lineStrong: '#7f8b96',
  ground: '#ffffff',
  raised: '#ffffff',
  accent: '#0b6e99',
  danger: '#b3261e',
  warning: '#7a4f00',
  success: '#1f6b3b',
  isDark: false,
};

/** Reads the design tokens that are in force; again after the theme has changed. */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: token('--text'),
    muted: token('--text-muted'),
    line: token('--line'),
    lineStrong: token('--line-strong'),
    ground: token('--ground'),
    raised: token('--ground-raised'),
    accent: token('--accent'),
    danger: token('--danger'),
    warning: token('--warning'),
    success: token('--success'),
    isDark: style.colorScheme === 'dark',
  };
}

/** An ECharts theme from the design tokens that are in force. */
export function chartTheme(colours: ChartColours = chartColours()): object {
  const fontFamily = getComputedStyle(document.documentElement).getPropertyValue('--font').trim();
  const axis = {
    axisLine: { show: true, lineStyle: { color: colours.lineStrong } },
    axisTick: { show: true, lineStyle: { color: colours.lineStrong } },
    axisLabel: { color: colours.muted, fontSize: 12 },
    nameTextStyle: { color: colours.muted, fontSize: 12 },
    splitLine: { show: true, lineStyle: { color: colours.line } },
    minorSplitLine: { show: false },
  };
  return {
    color: [...CATEGORY_COLOURS],
    backgroundColor: 'transparent',
    animation: false,
    textStyle: { fontFamily, fontSize: 12, color: colours.text },
    valueAxis: axis,
    logAxis: axis,
    categoryAxis: { ...axis, splitLine: { show: false } },
    legend: {
      textStyle: { color: colours.text, fontSize: 12 },
      inactiveColor: colours.lineStrong,
      itemWidth: 16,
      itemHeight: 8,
    },
    tooltip: {
      backgroundColor: colours.raised,
      borderColor: colours.lineStrong,
      borderWidth: 1,
      padding: [6, 10],
      textStyle: { color: colours.text, fontFamily, fontSize: 12 },
      axisPointer: { lineStyle: { color: colours.lineStrong }, crossStyle: { color: colours.lineStrong } },
      confine: true,
      transitionDuration: 0,
    },
  };
}
