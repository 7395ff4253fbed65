import { methodsParagraph } from './methods-paragraph.ts';
import type { RunDescription } from './run-description.ts';

/** Everything that was told about runs, with the methods paragraph, as one JSON document. */
export function reportJson(runs: readonly RunDescription[]): string {
  const document = {
    schema: 'lacuna-report/1',
    runs: runs.map((run) => ({ ...run, methodsParagraph: methodsParagraph(run) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
