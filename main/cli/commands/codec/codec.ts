import type { Register, RunCommand } from '../../program.ts';
import { registerDecode } from './decode.ts';
import { registerEncode } from './encode.ts';
import { registerLookup } from './lookup.ts';
import { registerReport } from './report.ts';

export const registerCodec: Register = (program, run) => {
  const codec = program
    .command('codec')
    .description('compress counts, lossless or by networks, and look into the files');
  // --json and --quiet are options of `codec`, wherever they stand.
  const runBelow: RunCommand = (options, body) => run({ ...codec.opts(), ...options }, body);
  for (const register of [registerEncode, registerDecode, registerLookup, registerReport]) register(codec, runBelow);
  for (const command of codec.commands) command.exitOverride();
};
