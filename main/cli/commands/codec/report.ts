import { statSync } from 'node:fs';
import { codecPresets } from '../../../codec/codec-settings.ts';
import type { CodecRow } from '../../../codec/report/codec-row.ts';
import { codecRow } from '../../../codec/report/codec-rows.ts';
import { alwaysOneRow, generalRows } from '../../../codec/report/general-rows.ts';
import { codecVerdict } from '../../../codec/report/verdict.ts';
import { formatBytes, formatCount, formatPercent, formatSeconds } from '../../output/number-format.ts';
import { createProgressLine } from '../../output/progress-line.ts';
import { textTable } from '../../output/text-table.ts';
import { codecInput, type InputOptions } from './codec-input.ts';
import { addInputOptions, collect, engineOf, type RegisterCodec } from './codec-command.ts';
import { settingsHelp, settingsOf } from './codec-settings-option.ts';

interface ReportOptions extends InputOptions {
  with: string[];
}

const DEFAULT_WAYS = ['genes', 'model', 'sine'];

export const registerReport: RegisterCodec = (codec, run) => {
  addInputOptions(codec.command('report').argument('<in>', 'file or folder with counts'))
    .option('--with <way[:key=value,…]>', 'a way to compress; may be given again (genes, model, sine)', collect, [])
    .description('compare ways to compress with gzip, zstd, brotli, "always 1" and the source file')
    .addHelpText('after', `\n${settingsHelp()}`)
    .action((path: string, options: ReportOptions) =>
      run(options, async (context) => {
        const ways = (options.with.length > 0 ? options.with : DEFAULT_WAYS).map((text) => {
          const [id, rest = ''] = text.split(':');
          const settings = settingsOf(id, rest.split(',').filter(Boolean));
          const title = codecPresets.find((preset) => preset.id === id)!.title;
          return { title: rest === '' ? title : `${title} (${rest})`, settings };
        });
        const line = createProgressLine(process.stderr, context.quiet);
        const task = { signal: context.signal(), report: line.show.bind(line) };
        try {
          const { matrix, name } = await codecInput(path, options, task);
          const rows: CodecRow[] = [];
          if (options.sample === undefined && statSync(path).isFile()) rows.push(sourceRow(path, matrix.values.length));
          rows.push(...(await generalRows(matrix, task)), alwaysOneRow(matrix));
          for (const { title, settings } of ways)
            rows.push(await codecRow(title, matrix, settings, engineOf(context), task));
          line.done();
          const verdict = codecVerdict(rows);
          const title = `${name}: ${formatCount(matrix.nObs)} cells × ${formatCount(matrix.nVar)} genes, ${formatCount(matrix.values.length)} counts above 0`;
          context.print(
            { name, nnz: matrix.values.length, rows, verdict },
            `${title}\n\n${tableText(rows)}\n\n${verdict}`,
          );
        } finally {
          line.done();
        }
      }),
    );
};

function sourceRow(path: string, nnz: number): CodecRow {
  const bytes = statSync(path).size;
  return {
    title: 'source file',
    bytes,
    parts: {},
    bitsPerNonzero: (8 * bytes) / nnz,
    exactShare: 1,
    lossless: true,
    encodeSeconds: null,
    decodeSeconds: null,
    note: 'with the names and all else it holds',
  };
}

function tableText(rows: readonly CodecRow[]): string {
  const seconds = (value: number | null): string => (value === null ? '–' : formatSeconds(value));
  return textTable(
    ['', 'size', 'bits/count', 'exact', 'encode', 'decode', 'note'],
    rows.map((row) => [
      row.title,
      Number.isFinite(row.bytes) ? formatBytes(row.bytes) : '–',
      Number.isFinite(row.bytes) ? row.bitsPerNonzero.toFixed(3) : '–',
      row.lossless ? 'all' : row.exactShare === null ? '–' : formatPercent(row.exactShare),
      seconds(row.encodeSeconds),
      seconds(row.decodeSeconds),
      row.note,
    ]),
  );
}
