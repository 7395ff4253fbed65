import type { RunInfo, StudyInfo } from '../../app/project.svelte.ts';

const KINDS: Record<string, string> = { benchmark: 'Benchmark', search: 'Search', report: 'Report' };

/** 'Search: ZiPo on liver'; a title that says what it is stands alone. */
export function studyTitle({ kind, title }: Pick<StudyInfo, 'kind' | 'title'>): string {
  const word = KINDS[kind];
  if (word === undefined || title.toLowerCase().startsWith(word.toLowerCase())) return title;
  return `${word}: ${title}`;
}

/** '12 runs, 1 running, 2 failed'. */
export function studyFacts(runs: readonly Pick<RunInfo, 'state'>[]): string {
  const count = (...states: RunInfo['state'][]): number => runs.filter(({ state }) => states.includes(state)).length;
  const parts = [`${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`];
  const running = count('running', 'queued');
  const failed = count('failed');
  if (running > 0) parts.push(`${running} under way`);
  if (failed > 0) parts.push(`${failed} failed`);
  return parts.join(', ');
}
