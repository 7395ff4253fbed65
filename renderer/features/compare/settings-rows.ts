import type { RunInfo } from '../../app/project.svelte.ts';

/** One setting of several runs. */
export interface SettingRow {
  section: string;
  label: string;
  /** As they are to be read, one a run; '–' where a run has no such setting. */
  values: string[];
  differs: boolean;
}

/** What a row needs to know of the methods: the words for their settings. */
interface NamedFields {
  id: string;
  title: string;
  fields: readonly { key: string; label: string; unit: string | null }[];
}

const ABSENT = '–';

/** Every setting and outcome of some runs, a row each; what is nested has a row for each leaf. */
export function settingRows(
  runs: readonly RunInfo[],
  methods: readonly NamedFields[],
  datasetNames: ReadonlyMap<number, string>,
): SettingRow[] {
  const words = new Map(
    methods.flatMap(({ fields }) =>
      fields.map(({ key, label, unit }) => [key, hasUnit(label, unit) ? label : `${label} (${unit})`] as const),
    ),
  );
  const titleOf = (id: string): string => methods.find((method) => method.id === id)?.title ?? id;
  const rows: SettingRow[] = [];
  const add = (section: string, label: string, values: readonly unknown[]): void => {
    const texts = values.map((value) => (value === undefined ? ABSENT : valueText(value)));
    rows.push({ section, label, values: texts, differs: texts.some((text) => text !== texts[0]) });
  };
  const addAll = (
    section: string,
    of: (run: RunInfo) => Record<string, unknown>,
    name = (key: string) => key,
  ): void => {
    const flat = runs.map((run) => leaves(of(run)));
    for (const key of new Set(flat.flatMap((one) => [...one.keys()])))
      add(
        section,
        name(key),
        flat.map((one) => one.get(key)),
      );
  };
  add(
    'Run',
    'Method',
    runs.map(({ method }) => titleOf(method)),
  );
  add(
    'Run',
    'Preset',
    runs.map(({ preset }) => preset),
  );
  add(
    'Run',
    'Seed',
    runs.map(({ seed }) => seed),
  );
  add(
    'Run',
    'Dataset',
    runs.map(({ datasetId }) => datasetNames.get(datasetId) ?? datasetId),
  );
  addAll(
    'Settings of the method',
    ({ parameters }) => parameters,
    (key) => words.get(key) ?? plainKey(key),
  );
  addAll('Preparation', ({ recipe }) => recipe as unknown as Record<string, unknown>, plainKey);
  addAll('Protocol', ({ protocol }) => protocol, plainKey);
  add(
    'Outcome',
    'State',
    runs.map(({ state }) => state),
  );
  add(
    'Outcome',
    'Training time (s)',
    runs.map(({ wallSeconds }) => Number(wallSeconds.toPrecision(3))),
  );
  add(
    'Outcome',
    'Cells or spots',
    runs.map(({ nObs }) => nObs),
  );
  add(
    'Outcome',
    'Genes',
    runs.map(({ nVar }) => nVar),
  );
  addAll('Outcome', ({ summary }) => rounded(summary), plainKey);
  add(
    'Computer',
    'Device',
    runs.map(({ device }) => device),
  );
  addAll(
    'Computer',
    ({ versions }) => Object.fromEntries(Object.entries(versions).filter(([key]) => key !== 'process')),
    (key) => `Version of ${key}`,
  );
  return rows;
}

/** Nothing to add: there is no unit, or the label names it ('Epochs'). */
function hasUnit(label: string, unit: string | null): boolean {
  return unit === null || unit === '' || label.toLowerCase().includes(unit.toLowerCase());
}

function leaves(value: Record<string, unknown>, prefix = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, one] of Object.entries(value)) {
    if (one !== null && typeof one === 'object' && !Array.isArray(one))
      for (const [inner, leaf] of leaves(one as Record<string, unknown>, `${prefix}${key}.`)) found.set(inner, leaf);
    else found.set(`${prefix}${key}`, one);
  }
  return found;
}

function rounded(summary: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(summary).map(([key, value]) => [key, Number(value.toPrecision(4))]));
}

function valueText(value: unknown): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

/** 'normalisation.librarySize' → 'normalisation: library size' */
function plainKey(key: string): string {
  return key
    .split('.')
    .map((part) =>
      part.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`),
    )
    .join(': ');
}
