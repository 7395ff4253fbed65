import { Command } from 'commander';
import { registerBenchmark } from './commands/benchmark.ts';
import { registerCodec } from './commands/codec/codec.ts';
import { registerExport } from './commands/export.ts';
import { registerImport } from './commands/import.ts';
import { registerInfo } from './commands/info.ts';
import { registerInspect } from './commands/inspect.ts';
import { registerMarkers } from './commands/markers.ts';
import { registerMethods } from './commands/methods.ts';
import { registerOpen } from './commands/open.ts';
import { registerPrepare } from './commands/prepare.ts';
import { registerQuality } from './commands/quality.ts';
import { registerReport } from './commands/report.ts';
import { registerResume } from './commands/resume.ts';
import { registerRun } from './commands/run.ts';
import { registerScore } from './commands/score.ts';
import { registerSearch } from './commands/search.ts';
import { registerSimulate } from './commands/simulate.ts';
import { registerStudy } from './commands/study.ts';
import { registerDemo } from './commands/demo.ts';
import type { CliContext, GlobalOptions } from './cli-context.ts';
import { version } from '../version.ts';

/** Runs a command's body with a context that closes afterwards; see `main.ts`. */
export type RunCommand = (options: GlobalOptions, body: (context: CliContext) => Promise<void>) => Promise<void>;

/** Adds a command to the program. */
export type Register = (program: Command, run: RunCommand) => void;

const registrations: Register[] = [
  registerMethods,
  registerSimulate,
  registerInspect,
  registerImport,
  registerInfo,
  registerQuality,
  registerPrepare,
  registerRun,
  registerResume,
  registerScore,
  registerMarkers,
  registerBenchmark,
  registerSearch,
  registerStudy,
  registerExport,
  registerCodec,
  registerReport,
  registerOpen,
  registerDemo,
];

/** The terminal program; `run` does the work around each command. */
export function createProgram(run: RunCommand): Command {
  const program = new Command('lacuna')
    .description('Learns, fills and scores latent representations of single-cell and spatial transcriptomics data.')
    .version(version, '--version')
    .showHelpAfterError('(add --help for what this command takes)')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .addHelpText(
      'after',
      `
A first walk:
  lacuna import filtered_feature_bc_matrix.h5 --labels labels.csv --project pbmc.lacuna
  lacuna run --project pbmc.lacuna --method ae
  lacuna score --project pbmc.lacuna
  lacuna export --project pbmc.lacuna --what denoised --format h5ad --out denoised.h5ad

Exit status: 0 done, 1 failed, 2 wrong usage. Results go to standard output, progress and errors to standard error.`,
    );
  for (const register of registrations) register(program, run);
  for (const command of program.commands) {
    command
      .option('--json', 'print one JSON document on standard output, and nothing else there')
      .option('--quiet', 'no progress')
      .exitOverride();
  }
  return program.exitOverride();
}
