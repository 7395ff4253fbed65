import { basename } from 'node:path';
import type { LongTask } from '../../../dataset/progress.ts';
import type { CodecInput } from '../../../codec/encode-matrix.ts';
import { loadCounts } from '../../../codec/load-counts.ts';
import { samplePatch } from '../../../codec/sample-patch.ts';
import { LacunaError } from '../../../errors/lacuna-error.ts';
import { openPath } from '../../../formats/registry.ts';
import { takeAxis } from '../../../jobs/tasks/export/take-axis.ts';
import { parseAssignment, type GlobalOptions } from '../../cli-context.ts';

/** How commands of the codec say which matrix they mean. */
export interface InputOptions extends GlobalOptions {
  format?: string;
  option: string[];
  sample?: string;
  sampleSeed: string;
}

/** The counts of a file, or of a random patch of it. @throws LacunaError */
export async function codecInput(path: string, options: InputOptions, task: LongTask): Promise<CodecInput> {
  const request = { format: options.format, options: Object.fromEntries(options.option.map(parseAssignment)) };
  const source = await openPath(path, request, task);
  try {
    const matrix = await loadCounts(source, task);
    const input = { name: source.name || basename(path), matrix, axes: { obs: source.obs, var: source.var } };
    if (options.sample === undefined) return input;
    const size = /^(\d+)x(\d+)$/.exec(options.sample);
    if (!size) {
      throw new LacunaError(
        'bad-option',
        `--sample takes genes x cells, such as 1000x500, not '${options.sample}'.`,
        'See lacuna codec encode --help.',
      );
    }
    const patch = await samplePatch(matrix, Number(size[1]), Number(size[2]), Number(options.sampleSeed));
    return {
      name: `${input.name}, ${size[1]} genes × ${size[2]} cells`,
      matrix: patch.matrix,
      axes: { obs: takeAxis(source.obs, patch.obs), var: takeAxis(source.var, patch.var) },
    };
  } finally {
    source.close();
  }
}
