import { CommanderError } from 'commander';
import { LacunaError } from '../errors/lacuna-error.ts';
import { CliContext, type GlobalOptions } from './cli-context.ts';
import { createProgram } from './program.ts';

/** Codes that mean that the command was written wrongly, not that the work failed. */
const usageCodes = new Set(['bad-option', 'bad-request']);

let current: CliContext | null = null;
let interrupted = false;

process.on('SIGINT', () => {
  // The first Ctrl-C asks the job to stop and to keep its checkpoint; the second ends the program.
  if (!interrupted && current?.cancel()) {
    interrupted = true;
    process.stderr.write('\nStopping … (Ctrl-C again ends at once)\n');
  } else {
    process.exit(130);
  }
});
// A closed terminal and the end of a session ask once; what does not stop is ended by the system.
process.on('SIGTERM', () => void (current?.cancel() || process.exit(143)));
process.on('SIGHUP', () => void (current?.cancel() || process.exit(129)));

async function runCommand(options: GlobalOptions, body: (context: CliContext) => Promise<void>): Promise<void> {
  const context = new CliContext(options);
  current = context;
  try {
    await body(context);
  } finally {
    await context.core.close();
    current = null;
  }
}

/** Plain words on standard error; with --json the error also as the one JSON document on standard output. */
function reportError(error: LacunaError, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify({ error: error.toWire() }, null, 2)}\n`);
  process.stderr.write(`lacuna: ${error.message}${error.remedy === '' ? '' : `\n  ${error.remedy}`}\n`);
  if (error.code === 'internal' && typeof error.details.stack === 'string')
    process.stderr.write(`${error.details.stack}\n`);
}

// A reader that has seen enough (`lacuna info … | head`) or is gone is no fault of what runs here.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'EPIPE') throw thrown;
  });
}

try {
  await createProgram(runCommand).parseAsync(process.argv);
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    process.exitCode = thrown.exitCode === 0 ? 0 : 2;
  } else {
    const error = LacunaError.from(thrown);
    reportError(error, process.argv.includes('--json'));
    process.exitCode = usageCodes.has(error.code) ? 2 : 1;
  }
}
