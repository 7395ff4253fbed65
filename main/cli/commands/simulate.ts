import { LacunaError } from '../../errors/lacuna-error.ts';
import { simulate } from '../../simulate/simulate.ts';
import { simulateOptionsSchema } from '../../simulate/simulate-options.ts';
import { writeSimulated } from '../../simulate/write-simulated.ts';
import { parseAssignment, parseNumber, type GlobalOptions } from '../cli-context.ts';
import { formatBytes, formatCount } from '../output/number-format.ts';
import { createProgressLine } from '../output/progress-line.ts';
import type { Register } from '../program.ts';

interface SimulateCommandOptions extends GlobalOptions {
  out: string;
  cells?: string;
  genes?: string;
  types?: string;
  dropout?: string;
  seed?: string;
  spatial?: boolean;
  set: string[];
  overwrite?: boolean;
}

/** Settings that have an option of their own; the others are reached with --set. */
const named = ['cells', 'genes', 'types', 'dropout', 'seed'] as const;

export const registerSimulate: Register = (program, run) => {
  const { shape } = simulateOptionsSchema;
  const others = Object.keys(shape).filter((key) => key !== 'spatial' && !named.some((name) => name === key));
  program
    .command('simulate')
    .requiredOption('--out <path>', 'file.h5ad (keeps labels and coordinates), file.h5 (10x) or a folder (10x mtx)')
    .option('--cells <number>', 'cells or spots (2000)')
    .option('--genes <number>', 'genes (1000)')
    .option('--types <number>', 'cell types, or regions of the tissue (6)')
    .option('--spatial', 'a tissue: spots on a grid, in regions and gradients')
    .option('--dropout <share>', 'share of the nonzero counts that are lost (0.2)')
    .option('--seed <number>', 'the same seed and settings give the same data (1)')
    .option('--set <key=value>', `another setting: ${others.join(', ')}`, collect, [])
    .option('--overwrite', 'replace what is there')
    .description('write simulated counts whose truth is known')
    .action((options: SimulateCommandOptions) =>
      run(options, async (context) => {
        const settings: Record<string, unknown> = { spatial: options.spatial ?? false };
        for (const key of named) {
          const text = options[key];
          if (text !== undefined) settings[key] = parseNumber(`--${key}`, text);
        }
        for (const [key, value] of options.set.map(parseAssignment)) settings[key] = settingValue(key, value);
        const parsed = simulateOptionsSchema.safeParse(settings);
        if (!parsed.success) {
          const [issue] = parsed.error.issues;
          throw new LacunaError(
            'bad-option',
            `${issue.path.join('.')}: ${issue.message}.`,
            'See lacuna simulate --help.',
          );
        }
        const line = createProgressLine(process.stderr, context.json);
        const data = simulate(parsed.data);
        const written = await writeSimulated(
          options.out,
          data,
          { overwrite: options.overwrite },
          { signal: context.signal(), report: (progress) => line.show(progress) },
        ).finally(() => line.done());
        for (const warning of written.warnings) context.say(`Note: ${warning}`);
        context.print(
          { path: written.path, bytes: written.bytes, nObs: data.nObs, nVar: data.nVar, options: parsed.data },
          `Written: ${written.path} (${formatBytes(written.bytes)}), ${formatCount(data.nObs)} ${parsed.data.spatial ? 'spots' : 'cells'} × ${formatCount(data.nVar)} genes.`,
        );
      }),
    );
};

function settingValue(key: string, text: string): unknown {
  if (!(key in simulateOptionsSchema.shape)) {
    throw new LacunaError(
      'bad-option',
      `There is no setting '${key}'.`,
      `Settings: ${Object.keys(simulateOptionsSchema.shape).join(', ')}.`,
    );
  }
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
