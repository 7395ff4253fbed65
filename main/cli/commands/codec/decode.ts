import { readLcz } from '../../../codec/container/lcz-file.ts';
import { exportDecoded } from '../../../codec/export-decoded.ts';
import { decodeMatrix } from '../../../codec/open-content.ts';
import type { GlobalOptions } from '../../cli-context.ts';
import { formatBytes, formatCount } from '../../output/number-format.ts';
import { createProgressLine } from '../../output/progress-line.ts';
import type { RegisterCodec } from './codec-command.ts';

export const registerDecode: RegisterCodec = (codec, run) => {
  codec
    .command('decode')
    .argument('<in.lcz>', 'file that `lacuna codec encode` wrote')
    .argument('<out>', 'file.h5ad (keeps annotations), file.h5 (10x) or a folder (10x mtx)')
    .option('--overwrite', 'replace what is there')
    .description('write the matrix of an .lcz file in a format that other programs read')
    .action((path: string, out: string, options: GlobalOptions & { overwrite?: boolean }) =>
      run(options, async (context) => {
        const line = createProgressLine(process.stderr, context.quiet);
        const task = { signal: context.signal(), report: line.show.bind(line) };
        try {
          const content = await readLcz(path);
          const matrix = await decodeMatrix(content, task);
          const written = await exportDecoded(out, content, matrix, options.overwrite ?? false, task);
          line.done();
          const { lossless } = content.header;
          for (const warning of written.warnings) context.say(`Note: ${warning}`);
          context.print(
            { path: written.path, bytes: written.bytes, nObs: matrix.nObs, nVar: matrix.nVar, lossless },
            `Written: ${written.path} (${formatBytes(written.bytes)}), ${formatCount(matrix.nObs)} cells × ${formatCount(matrix.nVar)} genes${lossless ? '' : '; the counts are those of a lossy file'}.`,
          );
        } finally {
          line.done();
        }
      }),
    );
};
