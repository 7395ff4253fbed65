/**
 * Imports `.gem.gz` files of about 250 MB and 1 GB at bin 50 into new projects, as the application does: by a job in a
 * process of its own. Says how much text a second that is, the time of the processors, and the peak of the memory.
 *
 * The files are made once (several minutes for the large one) and kept in the folder for temporary files.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LacunaCore } from '../../../main/core/lacuna-core.ts';
import type { Figure, Figures } from '../figures.ts';
import { makeGem } from './made-gem.ts';

interface Import {
  textBytes: number;
  seconds: number;
  /** Of both processes, seconds of user and system time. */
  processorSeconds: number;
  /** The most memory that the process of the job held, bytes. */
  peakBytes: number;
  size: string;
}

/** Tiles a side: 25 make 250 MB and 1.2 GB of text, 50 make 1 GB and 4.8 GB. */
const [small, large] = process.argv.slice(2).map(Number);
const begin = await importOne(small ?? 25);
const end = await importOne(large ?? 50);
const figures: Figure[] = [
  ...figuresOf('250 MB', begin, false),
  ...figuresOf('1 GB', end, true),
  // Four times the file: bounded buffers fill up, and garbage comes and goes; what grew with the file would double.
  { name: 'peak memory, 1 GB against 250 MB', unit: '×', lacuna: end.peakBytes / begin.peakBytes, limit: 1.25 },
];
const busy = loadavg()[1] > availableParallelism() + 1 ? ' Other programs kept the processors busy meanwhile.' : '';
console.log(JSON.stringify({ figures, note: `${begin.size}; ${end.size}.${busy}` } satisfies Figures));

function figuresOf(name: string, { textBytes, seconds, processorSeconds, peakBytes }: Import, aim: boolean): Figure[] {
  const megabytes = textBytes / 1e6;
  return [
    { name: `${name}: text a second`, unit: 'MB/s', lacuna: megabytes / seconds, least: aim ? 60 : undefined },
    { name: `${name}: in all`, unit: 's', lacuna: seconds },
    { name: `${name}: time of the processors`, unit: 's', lacuna: processorSeconds },
    { name: `${name}: text by second of one processor`, unit: 'MB/s', lacuna: megabytes / processorSeconds },
    { name: `${name}: peak memory of the import`, unit: 'MB', lacuna: peakBytes / 1e6 },
  ];
}

async function importOne(tiles: number): Promise<Import> {
  const made = await makeGem(join(tmpdir(), `lacuna-bench-${tiles}.gem.gz`), tiles);
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-bench-'));
  const core = new LacunaCore({ keepSpare: false });
  const watch = watchChildren();
  try {
    const project = core.createProject(join(folder, 'bench.lacuna'));
    const own = process.cpuUsage();
    const begun = performance.now();
    const job = await core.jobs.whenOver(core.importInto(project, { paths: [made.path], options: { bin: '50' } }).id);
    const seconds = (performance.now() - begun) / 1000;
    if (job.state !== 'done') throw new Error(`The import ended as ${job.state}: ${job.error?.what ?? ''}`);
    const { user, system } = process.cpuUsage(own);
    const { nObs, nVar, nnz } = project.datasets.list()[0];
    const { peakBytes, processorSeconds } = watch.stop();
    const size = `${(statSync(made.path).size / 1e6).toFixed(0)} MB of .gem.gz, ${made.lines.toLocaleString('en-US')} lines → ${nObs.toLocaleString('en-US')} bins × ${nVar.toLocaleString('en-US')} genes, ${nnz.toLocaleString('en-US')} entries`;
    return {
      textBytes: made.textBytes,
      seconds,
      processorSeconds: processorSeconds + (user + system) / 1e6,
      peakBytes,
      size,
    };
  } finally {
    watch.stop();
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Looks at the processes that this one started, until stopped: their largest memory, and their processor time. */
function watchChildren(): { stop(): { peakBytes: number; processorSeconds: number } } {
  const peak = new Map<string, number>();
  const ticks = new Map<string, number>();
  const look = (): void => {
    for (const task of readdirSync('/proc/self/task'))
      for (const pid of readOr(`/proc/self/task/${task}/children`).split(' ').filter(Boolean)) {
        const high = /VmHWM:\s*(\d+) kB/.exec(readOr(`/proc/${pid}/status`));
        if (high) peak.set(pid, Number(high[1]) * 1024);
        // utime and stime are fields 14 and 15; the name, field 2, may hold spaces.
        const fields = readOr(`/proc/${pid}/stat`).split(') ')[1]?.split(' ');
        if (fields) ticks.set(pid, Number(fields[11]) + Number(fields[12]));
      }
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      look();
      clearInterval(timer);
      const sum = [...ticks.values()].reduce((a, b) => a + b, 0);
      return { peakBytes: Math.max(0, ...peak.values()), processorSeconds: sum / 100 };
    },
  };
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process has ended meanwhile
  }
}
