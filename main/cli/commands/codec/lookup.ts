import { readLcz } from '../../../codec/container/lcz-file.ts';
import { axesOf, openContent } from '../../../codec/open-content.ts';
import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { GlobalOptions } from '../../cli-context.ts';
import type { RegisterCodec } from './codec-command.ts';

export const registerLookup: RegisterCodec = (codec, run) => {
  codec
    .command('lookup')
    .argument('<in.lcz>', 'file that `lacuna codec encode` wrote')
    .argument('<cell>', 'barcode, or #0 for the first cell')
    .argument('<gene>', 'name, or #0 for the first gene')
    .description('one count of an .lcz file, without decoding the rest')
    .action((path: string, cell: string, gene: string, options: GlobalOptions) =>
      run(options, async (context) => {
        const content = await readLcz(path);
        const axes = axesOf(content);
        const obs = positionOf('cell', cell, axes.obs.names);
        const variable = positionOf('gene', gene, axes.var.names);
        const value = openContent(content).value(obs, variable);
        context.print(
          { cell: axes.obs.names[obs], gene: axes.var.names[variable], value, lossless: content.header.lossless },
          String(value),
        );
      }),
    );
};

function positionOf(what: string, text: string, names: readonly string[]): number {
  const number = /^#(\d+)$/.exec(text);
  const position = number ? Number(number[1]) : names.indexOf(text);
  if (position >= 0 && position < names.length) return position;
  throw new LacunaError(
    'not-found',
    number ? `There is no ${what} ${text}: the last is #${names.length - 1}.` : `There is no ${what} called '${text}'.`,
    `Names are, for example: ${names.slice(0, 3).join(', ')}.`,
  );
}
