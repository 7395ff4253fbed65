import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names a process so that another one can tell whether it still lives: a run that says `running` carries the mark of
 * the process that works on it, because two programs (the window and the terminal) may have one project open.
 */
export function processMark(pid: number = process.pid): string {
  return `${hostname()}:${pid}:${startTime(pid) ?? ''}`;
}

/** Whether the marked process lives. A process of another machine cannot be seen and counts as gone. */
export function isProcessAlive(mark: string | undefined): boolean {
  if (!mark) return false;
  const [host, pid, started] = mark.split(':');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (thrown) {
    // EPERM: it lives, and belongs to somebody else.
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === (startTime(Number(pid)) ?? '');
}

/**
 * When a process started (clock ticks since boot), so that a number that was given out again is not mistaken; null where
 * the system does not say, and for one that has ended and that nobody has asked how: it keeps its number until then, in
 * some containers for ever.
 */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; fields 3 (state) and 22 (start) count from after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
