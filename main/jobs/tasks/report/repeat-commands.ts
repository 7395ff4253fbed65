import type { CommandBlock } from '../../../export/report/report-data.ts';
import { getMethod, getPreset } from '../../../methods/registry.ts';
import { filterSchema, type Filter } from '../../../preprocess/recipe.ts';
import type { DatasetInfo, Project, RunInfo, StudyInfo } from '../../../projects/project.types.ts';

/**
 * What to type in a terminal to get the same again in a new project: import, filter, train with the same settings and
 * seeds, score. What the terminal cannot say is said in words.
 *
 * @param runs the runs of the report, studies left out
 */
export function repeatCommands(
  project: Project,
  datasets: readonly DatasetInfo[],
  runs: readonly RunInfo[],
  studies: readonly StudyInfo[],
): CommandBlock[] {
  const file = `${plain(project.info().title)}.lacuna`;
  const blocks = datasets.map((dataset, at): CommandBlock => {
    const notes: string[] = [];
    const own = runs.filter((run) => run.datasetId === dataset.id);
    const lines = [importLine(dataset, file, notes)];
    let inForce = filterSchema.parse({});
    for (const run of own) {
      if (JSON.stringify(run.recipe.filter) !== JSON.stringify(inForce)) {
        inForce = run.recipe.filter;
        lines.push(prepareLine(inForce, at + 1, file, notes));
      }
      lines.push(runLine(run, at + 1, file, notes));
    }
    return { title: dataset.name, lines, notes: [...new Set(notes)] };
  });
  const scored = scoreLines(project, runs, file);
  if (scored.length > 0) blocks.push({ title: 'Scores of all runs', lines: scored, notes: [] });
  for (const study of studies) blocks.push({ title: study.title, lines: studyLines(study, file), notes: [] });
  blocks.push({ title: 'This report', lines: [`lacuna report --project ${file} --out report.html`], notes: [] });
  return blocks;
}

/** A benchmark or a search is a file and a command; a ready-made study is a command. */
function studyLines({ kind, title, spec }: StudyInfo, file: string): string[] {
  if (kind === 'ready') {
    const { study, dataset, labels, seeds, epochs, choices, scored } = spec as Record<string, unknown>;
    const chosen = Object.entries((choices ?? {}) as Record<string, string[]>);
    return [
      [
        `lacuna study ${String(study)} --project ${file} --dataset ${String(dataset)}`,
        ...(typeof labels === 'string' ? [`--column ${quoted(labels)}`] : []),
        ...(Array.isArray(seeds) ? [`--seeds ${seeds.join(',')}`] : []),
        ...(typeof epochs === 'number' ? [`--epochs ${epochs}`] : []),
        ...chosen.map(([question, values]) => `--choose ${question}=${values.join(',')}`),
        ...(scored === false ? ['--no-scores'] : []),
      ].join(' '),
    ];
  }
  const name = `${plain(title)}.json`;
  return [`# ${name}`, ...JSON.stringify(spec, null, 2).split('\n'), '', `lacuna ${kind} ${name} --project ${file}`];
}

function importLine({ name, provenance }: DatasetInfo, file: string, notes: string[]): string {
  const path = typeof provenance.path === 'string' ? provenance.path.split(/[\\/]/).at(-1) : undefined;
  if (path === undefined) notes.push('The dataset says nothing of the file that it came from.');
  const options = Object.entries((provenance.options ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== 'auto')
    .map(([key, value]) => `${key}=${quoted(String(value))}`);
  return ['lacuna import', quoted(path ?? 'FILE'), ...options, `--project ${file}`, `--name ${quoted(name)}`].join(' ');
}

function prepareLine({ obs, var: genes }: Filter, dataset: number, file: string, notes: string[]): string {
  const limits: [string, number | null][] = [
    ['--min-counts', obs.minCounts],
    ['--max-counts', obs.maxCounts],
    ['--min-genes', obs.minGenes],
    ['--max-genes', obs.maxGenes],
    ['--max-mito', obs.maxMitoPercent],
    ['--min-cells', genes.minCells],
  ];
  if (genes.minCounts !== null || genes.maxCount !== null)
    notes.push(
      `Genes are filtered by their counts as well (at least ${genes.minCounts ?? 0} in total, single counts at most ${genes.maxCount ?? 'any'}); set that in the window.`,
    );
  const flags = limits.flatMap(([flag, value]) => (value === null ? [] : [`${flag} ${value}`]));
  return ['lacuna prepare --none', ...flags, `--project ${file} --dataset ${dataset}`].join(' ');
}

function runLine(run: RunInfo, dataset: number, file: string, notes: string[]): string {
  const method = getMethod(run.method);
  const preset = getPreset(method, run.preset);
  const settings = method.parameters.parse(preset.parameters);
  const changed = Object.entries(run.parameters)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(settings[key]))
    .map(([key, value]) => `--set ${key}=${quoted(String(value))}`);
  if (JSON.stringify(run.recipe.normalisation) !== JSON.stringify(preset.normalisation))
    notes.push(`${run.name} used values as they were prepared in the window; the terminal takes those of the preset.`);
  return [
    `lacuna run --project ${file} --dataset ${dataset} --method ${run.method} --preset ${run.preset}`,
    ...changed,
    `--seed ${run.seed}`,
    ...(run.name === `${method.title} · ${run.preset} · seed ${run.seed}` ? [] : [`--name ${quoted(run.name)}`]),
  ].join(' ');
}

/** Names of clusterings as the terminal takes them; other figures are not made by `lacuna score`. */
const SCORED = new Set(['kmeans', 'leiden']);

/** One line for each column of labels that runs were compared with. */
function scoreLines(project: Project, runs: readonly RunInfo[], file: string): string[] {
  if (runs.length === 0) return [];
  const rows = project.scores.list({ runIds: runs.map(({ id }) => id) }).filter((row) => SCORED.has(row.clustering));
  return [...new Set(rows.map((row) => row.labels))].map((labels) => {
    const own = rows.filter((row) => row.labels === labels);
    const all = (values: string[]): string => [...new Set(values)].join(',');
    return [
      `lacuna score --project ${file}`,
      ...(labels === '' ? [] : [`--labels ${quoted(labels)}`]),
      `--spaces ${all(own.map((row) => row.space))}`,
      `--clusterings ${all(own.map((row) => row.clustering))}`,
    ].join(' ');
  });
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function plain(title: string): string {
  return (
    title
      .normalize('NFKD')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase() || 'project'
  );
}
