/**
 * The tables of the spatial methods: every method on every dataset, spots or entries held out, several seeds. One project a
 * dataset; run again, it goes on where it stopped.
 *
 *   node build/experiments/space-tables.ts FOLDER [--datasets 151510,drosophila,…] [--seeds 1,2,3] [--presets lacuna|paper|all]
 *                                          [--protocols spatial,genes,noise] [--methods suica,ffn,…] [--print]
 *
 * Real files are looked for in `LACUNA_DATA`, else in `../shared/data`. Projects and specs go to FOLDER; the tables are
 * printed as Markdown. `--print` only prints what is there already.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ScoreTable } from '../../main/evaluate/score-table/score-table.types.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    datasets: { type: 'string', default: 'simulated,151510,drosophila,merfish,stereoseq-50,stereoseq-20' },
    seeds: { type: 'string', default: '1,2,3' },
    presets: { type: 'string', default: 'lacuna' },
    protocols: { type: 'string', default: 'spatial,genes,noise' },
    methods: { type: 'string', default: 'suica,ffn,siren,ngp,inr-pca,inr-vae,stage' },
    print: { type: 'boolean', default: false },
  },
});
const root = resolve(import.meta.dirname, '..', '..');
const data = resolve(process.env.LACUNA_DATA ?? join(root, '..', 'shared', 'data'));
const folder = resolve(positionals[0] ?? 'space-tables');
mkdirSync(folder, { recursive: true });

const simulated = join(folder, 'tissue.h5ad');
const gem = join(data, 'stereoseq', 'SS200000135TL_D1_bin1_small.gem.gz');
const DATASETS: Record<string, Record<string, unknown>> = {
  simulated: { path: simulated, name: 'simulated tissue' },
  '151510': { path: join(data, 'visium_dlpfc_151510', 'dlpfc_151510_500svg.h5ad'), name: 'Visium DLPFC 151510' },
  drosophila: { path: join(data, 'stereoseq_drosophila', 'slice1.h5ad'), name: 'Stereo-seq Drosophila' },
  merfish: {
    path: join(data, 'merfish_mouse_poa', 'merfish_mousePOA_volnorm_labelled.h5ad'),
    name: 'MERFISH mouse POA',
    recipe: 'suica-values',
  },
  'stereoseq-50': { path: gem, name: 'Stereo-seq mouse, bin 50', options: { bin: '50' } },
  'stereoseq-20': { path: gem, name: 'Stereo-seq mouse, bin 20', options: { bin: '20' } },
};
const PROTOCOLS: Record<string, unknown> = {
  spatial: { kind: 'spatial-imputation' },
  genes: { kind: 'gene-imputation' },
  noise: { kind: 'gaussian-noise' },
  thinning: { kind: 'thinning' },
};
const METHODS = values.methods.split(',');
const LACUNA = METHODS.map((method) => ({ method }));
const PAPER = METHODS.filter((method) => ['suica', 'ffn', 'siren', 'stage'].includes(method)).map((method) => ({
  method,
  preset: 'paper',
}));

for (const key of values.datasets.split(',')) {
  const project = join(folder, `${key}.lacuna`);
  const spec = join(folder, `${key}.json`);
  if (!values.print) {
    if (key === 'simulated' && !existsSync(simulated))
      lacuna('simulate', '--out', simulated, '--cells', '2000', '--genes', '500', '--spatial', '--seed', '1');
    writeFileSync(
      spec,
      JSON.stringify({
        title: key,
        datasets: [DATASETS[key]],
        methods: { lacuna: LACUNA, paper: PAPER, all: [...LACUNA, ...PAPER] }[values.presets],
        protocols: values.protocols.split(',').map((name) => PROTOCOLS[name]),
        seeds: values.seeds.split(',').map(Number),
      }),
    );
  }
  if (!existsSync(spec)) continue;
  const { table } = JSON.parse(lacuna('benchmark', spec, '--project', project, '--json')) as { table: ScoreTable };
  console.log(markdown(DATASETS[key].name as string, table));
}

/** Runs the terminal program; its answer may come with a failed run, which is said on standard error. */
function lacuna(...args: string[]): string {
  const { stdout } = spawnSync(process.execPath, [join(root, 'main', 'cli', 'main.ts'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  return stdout;
}

function markdown(title: string, { columns, rows }: ScoreTable): string {
  const shown = columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ metric }) => !/^(nmi|mae_nonzero|cosine_nonzero)/.test(metric) || metric === 'nmi');
  const lines = [`#### ${title}`];
  for (const [protocol, of] of Map.groupBy(rows, (row) => row.protocol)) {
    const used = shown.filter(({ at }) => of.some((row) => row.cells[at] !== null));
    lines.push('', `${protocol}:`, '');
    lines.push(`| method | preset | runs | ${used.map((column) => column.title).join(' | ')} |`);
    lines.push(`|---|---|---|${used.map(() => '---').join('|')}|`);
    for (const row of of) {
      const cells = used.map(({ at, digits }) => {
        const cell = row.cells[at];
        if (cell === null) return '–';
        const text =
          cell.sd === null ? cell.mean.toFixed(digits) : `${cell.mean.toFixed(digits)} ± ${cell.sd.toFixed(digits)}`;
        return cell.best ? `**${text}**` : cell.beatsFloor === false ? `${text} ↓` : text;
      });
      lines.push(
        `| ${row.methodTitle}${row.isFloor ? ' (floor)' : ''} | ${row.preset} | ${row.runIds.length} | ${cells.join(' | ')} |`,
      );
    }
  }
  return lines.join('\n');
}
