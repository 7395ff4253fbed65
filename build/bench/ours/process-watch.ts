import { readFileSync, readdirSync } from 'node:fs';

/** What a stage needed. */
export interface StageNeeds {
  /** Most memory that all processes held at once, bytes. */
  peakBytes: number;
  /** Time on the clock. */
  seconds: number;
  /** Time of the processors, of all processes together. */
  processorSeconds: number;
}

/** What all processes held and had used at one look. */
export interface Look {
  bytes: number;
  processorSeconds: number;
}

const TICKS_PER_SECOND = 100;

/** Looks twice a second at this process and all below it, until stopped. */
export class ProcessWatch {
  readonly #timer: NodeJS.Timeout;
  readonly #onLook: (look: Look) => void;
  /** By process, those that have ended, too. */
  readonly #ticks = new Map<string, number>();
  #peak = 0;

  constructor(onLook: (look: Look) => void = () => {}) {
    this.#onLook = onLook;
    this.#timer = setInterval(() => this.look(), 500);
  }

  /** Does the work of a stage and says what it needed. */
  async stage(work: () => Promise<unknown>): Promise<StageNeeds> {
    this.#peak = 0;
    const before = this.look();
    const begun = performance.now();
    await work();
    const { processorSeconds } = this.look();
    return {
      peakBytes: this.#peak,
      seconds: (performance.now() - begun) / 1000,
      processorSeconds: processorSeconds - before.processorSeconds,
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** What all processes hold now, and have used so far. */
  look(): Look {
    const bytes = this.#visit(String(process.pid));
    const ticks = [...this.#ticks.values()].reduce((sum, one) => sum + one, 0);
    const look = { bytes, processorSeconds: ticks / TICKS_PER_SECOND };
    this.#peak = Math.max(this.#peak, bytes);
    this.#onLook(look);
    return look;
  }

  /** Resident memory of a process and all its descendants; pages that two of them share count twice. */
  #visit(pid: string): number {
    const resident = /VmRSS:\s*(\d+) kB/.exec(readOr(`/proc/${pid}/status`));
    let bytes = resident ? Number(resident[1]) * 1024 : 0;
    // utime and stime are fields 14 and 15; the name, field 2, may hold spaces.
    const fields = readOr(`/proc/${pid}/stat`).split(') ')[1]?.split(' ');
    if (fields) this.#ticks.set(pid, Number(fields[11]) + Number(fields[12]));
    for (const task of listOr(`/proc/${pid}/task`))
      for (const child of readOr(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean))
        bytes += this.#visit(child);
    return bytes;
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process has ended meanwhile
  }
}

function listOr(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
