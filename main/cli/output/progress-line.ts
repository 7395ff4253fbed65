import type { Progress } from '../../dataset/progress.ts';
import { formatFigure, formatSeconds } from './number-format.ts';

/** Shows how far a job is. `done` leaves the line in peace for what follows. */
export interface ProgressLine {
  show(progress: Progress): void;
  done(): void;
}

/**
 * On a terminal one line is rewritten in place; elsewhere (a log file, a pipe) a new line appears when the stage
 * changes and every ten per cent, so that logs stay short. Always on standard error: standard output is for results.
 */
export function createProgressLine(stream: NodeJS.WriteStream, quiet: boolean): ProgressLine {
  if (quiet) return { show: () => {}, done: () => {} };
  return stream.isTTY ? rewriting(stream) : logging(stream);
}

function rewriting(stream: NodeJS.WriteStream): ProgressLine {
  let shown = false;
  return {
    show(progress) {
      const bar = progress.fraction === null ? '' : ` ${drawBar(progress.fraction, 20)}`;
      const line = `${progress.stage}${bar}${describe(progress)}`;
      stream.write(`\r\x1b[2K${line.slice(0, (stream.columns || 100) - 1)}`);
      shown = true;
    },
    done() {
      if (shown) stream.write('\r\x1b[2K');
      shown = false;
    },
  };
}

function logging(stream: NodeJS.WriteStream): ProgressLine {
  let lastStage = '';
  let lastTenth = -1;
  return {
    show(progress) {
      const tenth = progress.fraction === null ? 0 : Math.floor(progress.fraction * 10);
      if (progress.stage === lastStage && tenth <= lastTenth) return;
      lastStage = progress.stage;
      lastTenth = tenth;
      stream.write(`${progress.stage}${describe(progress)}\n`);
    },
    done() {},
  };
}

/** '▮▮▮▮▯▯▯▯' */
export function drawBar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '▮'.repeat(full) + '▯'.repeat(width - full);
}

function describe(progress: Progress): string {
  const parts: string[] = [];
  if (progress.fraction !== null) parts.push(`${Math.floor(progress.fraction * 100)} %`);
  const { epoch, epochs, losses, obsPerSecond } = progress.detail ?? {};
  if (typeof epoch === 'number') parts.push(`epoch ${epoch}${typeof epochs === 'number' ? `/${epochs}` : ''}`);
  if (losses !== null && typeof losses === 'object') {
    for (const [term, value] of Object.entries(losses)) {
      if (typeof value === 'number') parts.push(`${term} ${formatFigure(value)}`);
    }
  }
  if (typeof obsPerSecond === 'number') parts.push(`${formatFigure(Math.round(obsPerSecond))} cells/s`);
  if (progress.etaSeconds != null) parts.push(`${formatSeconds(progress.etaSeconds)} left`);
  return parts.length === 0 ? '' : ` · ${parts.join(' · ')}`;
}
