import { statSync } from 'node:fs';
import { writeLcz } from '../../../codec/container/lcz-file.ts';
import { encodeMatrix } from '../../../codec/encode-matrix.ts';
import { decodeMatrix } from '../../../codec/open-content.ts';
import { fitNote } from '../../../codec/report/codec-rows.ts';
import { formatBytes, formatCount, formatPercent } from '../../output/number-format.ts';
import { createProgressLine } from '../../output/progress-line.ts';
import { codecInput, type InputOptions } from './codec-input.ts';
import { addInputOptions, collect, engineOf, type RegisterCodec } from './codec-command.ts';
import { settingsHelp, settingsOf } from './codec-settings-option.ts';

interface EncodeOptions extends InputOptions {
  with: string;
  set: string[];
  overwrite?: boolean;
}

export const registerEncode: RegisterCodec = (codec, run) => {
  addInputOptions(
    codec
      .command('encode')
      .argument('<in>', 'file or folder with counts, of any format that Lacuna reads')
      .argument('<out.lcz>', 'file to write'),
  )
    .option('--with <way>', 'how to compress: model, genes, sine, sine-lossless, paper', 'model')
    .option('--set <key=value>', 'a setting of it; may be given again', collect, [])
    .option('--overwrite', 'replace what is there')
    .description('compress counts, check that they come back, and write an .lcz file')
    .addHelpText('after', `\n${settingsHelp()}`)
    .action((path: string, out: string, options: EncodeOptions) =>
      run(options, async (context) => {
        const settings = settingsOf(options.with, options.set);
        const line = createProgressLine(process.stderr, context.quiet);
        const task = { signal: context.signal(), report: line.show.bind(line) };
        const startedAt = performance.now();
        try {
          const input = await codecInput(path, options, task);
          const { content, sine } = await encodeMatrix(input, settings, engineOf(context), task);
          await decodeMatrix(content, task);
          const bytes = await writeLcz(out, content, options.overwrite ?? false);
          line.done();
          const { nObs, nVar, nnz, lossless } = content.header;
          const parts = [...content.sections].map(([name, part]) => ({ name, bytes: part.length }));
          const held = parts.filter(({ name }) => name !== 'names').reduce((sum, part) => sum + part.bytes, 0);
          const source = statSync(path).isFile() ? statSync(path).size : null;
          const fit = sine ? fitNote(sine) : '';
          const exactShare = sine && !lossless ? sine.exactShare : 1;
          const lines = [
            `Written: ${out} (${formatBytes(bytes)}${source === null ? '' : `; the source has ${formatBytes(source)}`})`,
            `  ${formatCount(nObs)} cells × ${formatCount(nVar)} genes, ${formatCount(nnz)} counts above 0`,
            `  ${((8 * held) / nnz).toFixed(3)} bits per count without the names: ${parts.map((part) => `${part.name} ${formatBytes(part.bytes)}`).join(', ')}`,
            lossless
              ? '  lossless: decoded and compared'
              : `  LOSSY: ${formatPercent(exactShare)} of the counts above 0 come back exactly (always 1: ${formatPercent(shareOfOnes(input.matrix.values))})`,
            ...(fit === '' ? [] : [`  networks: ${fit}`]),
          ];
          context.print(
            {
              path: out,
              bytes,
              parts,
              bitsPerNonzero: (8 * held) / nnz,
              lossless,
              exactShare,
              alwaysOneShare: shareOfOnes(input.matrix.values),
              networks: sine,
              sourceBytes: source,
              seconds: (performance.now() - startedAt) / 1000,
              settings,
            },
            lines.join('\n'),
          );
        } finally {
          line.done();
        }
      }),
    );
};

function shareOfOnes(values: Float32Array): number {
  let ones = 0;
  for (const value of values) if (value === 1) ones++;
  return ones / values.length;
}
