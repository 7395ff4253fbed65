import type { Command } from 'commander';
import type { Engine } from '../../../engine/engine.ts';
import { startEngine } from '../../../engine/start-engine.ts';
import type { CliContext } from '../../cli-context.ts';
import type { RunCommand } from '../../program.ts';

/** Adds a command below `lacuna codec`. */
export type RegisterCodec = (codec: Command, run: RunCommand) => void;

export function addInputOptions(command: Command): Command {
  return command
    .option('--format <id>', 'take the file for this format instead of finding out')
    .option('--option <key=value>', 'an import option, as `inspect` lists them; may be given again', collect, [])
    .option('--sample <genes x cells>', 'only a random patch, such as 1000x500')
    .option('--sample-seed <number>', 'which patch', '1');
}

/** Gathers an option that may be given again. */
export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

/** Starts the tensor engine as the person set it up. */
export function engineOf(context: CliContext): () => Promise<Engine> {
  const { device, threads } = context.settings.get();
  return () => startEngine({ device, ...(threads !== null && { threads }) });
}
