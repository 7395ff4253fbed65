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

/** When a process started (clock ticks since boot), so that a number that was given out again is not mistaken; null where the system does not say. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; field 22 counts from after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
