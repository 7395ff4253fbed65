/**
 * `npm run bench`: times Lacuna against well-known peers doing the same work, and writes `build/bench/results.md`.
 *
 * Machines drift, so a pair is measured in turn (ours, peer, ours, peer …) within one run and the ratio of medians is
 * what counts. Every measurement is a process of its own that prints `{"seconds": …}` for the part that matters.
 * A peer whose Python packages cannot be installed is skipped with the reason. Scripts that measure the window have no
 * peer: they print several figures at once and repeat what needs repeating themselves, so each is run once.
 *
 *   npm run bench                 everything
 *   npm run bench -- ae-step umap some
 *   npm run bench -- points gene-switch responsive cold-start    the window, in Chromium
 *   npm run bench -- gem-import  a Stereo-seq file of 1 GB; making it takes minutes
 *   npm run bench -- scale       a section of 121,756 spots; LACUNA_BENCH_SPOTS=10000,30000 takes smaller ones
 *   npm run bench -- --runs 5     more rounds
 */
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isSetUp } from '../setup/steps.mjs';
import { benchmarks, type Benchmark } from './benchmarks.ts';
import { busyShare } from './busy-share.ts';
import { figuresTable, type Figures } from './figures.ts';
import { peerPython } from './peer-python.ts';

interface Measured {
  seconds: number[];
  /** Anything else that the script says: memory, sizes. */
  note: string;
  failure: string | null;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const { names, runs } = parseArguments(process.argv.slice(2));
const chosen = benchmarks.filter((benchmark) => names.length === 0 || names.includes(benchmark.id));
if (chosen.length === 0) {
  console.error(
    `There is no benchmark of that name. Known: ${benchmarks.map((benchmark) => benchmark.id).join(', ')}.`,
  );
  process.exit(2);
}

/** The longest that a script of several figures may take when it says nothing else, seconds: past it something hangs. */
const LONGEST_FIGURES = 300;

// The window is measured as it is built: an older one would give figures of sources that are no more.
if (chosen.some(({ floorName }) => floorName !== undefined) && !process.env.LACUNA_CLI && !isSetUp()) {
  const setup = fileURLToPath(new URL('../setup/setup.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [setup, '--quiet'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

const python = chosen.some(({ peer }) => peer !== null)
  ? peerPython(`${here}.python`, (line) => console.error(line))
  : { path: null, failure: 'not asked for' };
const sections: string[] = [];
for (const benchmark of chosen)
  sections.push(
    benchmark.floorName === undefined ? measurePair(benchmark) : measureFigures(benchmark, benchmark.floorName),
  );
writeResults(sections);
console.log(`Written to build/bench/results.md`);

function measurePair(benchmark: Benchmark): string {
  const ours: Measured = { seconds: [], note: '', failure: null };
  const peer: Measured = {
    seconds: [],
    note: '',
    failure: benchmark.peer === null ? 'no peer does this' : python.failure,
  };
  // One uncounted round: files come into the cache, native libraries are read once.
  for (let round = 0; round <= runs; round += 1) {
    console.error(`${benchmark.id}: round ${round} of ${runs}${round === 0 ? ' (warm-up)' : ''}`);
    measure(ours, process.execPath, [`${here}ours/${benchmark.ours}`, ...benchmark.arguments], round > 0);
    if (peer.failure === null && python.path !== null && benchmark.peer !== null) {
      measure(peer, python.path, [`${here}peers/${benchmark.peer}`, ...benchmark.arguments], round > 0);
    }
    if (ours.failure !== null) break;
  }
  const text = describe(benchmark, ours, peer);
  console.log(`${text}\n`);
  return text;
}

function measureFigures(benchmark: Benchmark, floorName: string): string {
  console.error(`${benchmark.id} …`);
  const script = `${here}ours/${benchmark.ours}`;
  const busy = busyShare();
  const result = spawnSync(process.execPath, [script, ...benchmark.arguments], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 1000 * (benchmark.longestSeconds ?? LONGEST_FIGURES),
  });
  const lastLine = result.stdout.trim().split('\n').at(-1) ?? '';
  const failed = result.status !== 0 || !lastLine.startsWith('{');
  if (failed) {
    console.error(result.stderr.trim());
    process.exitCode = 1;
  }
  const text = [
    ...heading(benchmark),
    ...(failed
      ? [`Not measured: ${failureOf(result)}`]
      : [
          figuresTable(JSON.parse(lastLine) as Figures, floorName),
          `Just before, other programs took ${Math.round(100 * busy)} % of the processors.`,
        ]),
  ].join('\n');
  console.log(`${text}\n`);
  return text;
}

/** What went wrong, in a line: an error's own where there is one, and not the version of Node below it. */
function failureOf({ stderr, status }: { stderr: string; status: number | null }): string {
  const lines = stderr.trim().split('\n');
  return lines.find((line) => /^\w*Error: /.test(line)) ?? (lines.at(-1) || `it ended with status ${status}`);
}

function heading(benchmark: Benchmark): string[] {
  return [`### ${benchmark.title}`, '', `${benchmark.what} Repeat: \`npm run bench -- ${benchmark.id}\`.`, ''];
}

function measure(into: Measured, command: string, commandArguments: string[], counted: boolean): void {
  const result = spawnSync(command, commandArguments, { encoding: 'utf8', maxBuffer: 1 << 26 });
  const lastLine = result.stdout.trim().split('\n').at(-1) ?? '';
  if (result.status !== 0 || !lastLine.startsWith('{')) {
    into.failure = failureOf(result);
    return;
  }
  const answer = JSON.parse(lastLine) as { seconds: number; note?: string };
  if (counted) into.seconds.push(answer.seconds);
  into.note = answer.note ?? into.note;
}

function describe(benchmark: Benchmark, ours: Measured, peer: Measured): string {
  const rows = [
    ...heading(benchmark),
    '| | median | min – max | runs | |',
    '|---|---|---|---|---|',
    row('Lacuna', ours),
    row(benchmark.peerName, peer),
  ];
  if (ours.seconds.length > 0 && peer.seconds.length > 0) {
    rows.push(
      '',
      `**Ratio (Lacuna / ${benchmark.peerName}): ${(median(ours.seconds) / median(peer.seconds)).toFixed(2)}**`,
    );
  }
  return rows.join('\n');
}

function row(name: string, measured: Measured): string {
  if (measured.seconds.length === 0) return `| ${name} | – | – | 0 | skipped: ${measured.failure ?? 'not run'} |`;
  const { seconds } = measured;
  return `| ${name} | ${format(median(seconds))} | ${format(Math.min(...seconds))} – ${format(Math.max(...seconds))} | ${seconds.length} | ${measured.note} |`;
}

function format(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Replaces the measured part of results.md and keeps everything that people wrote around it. */
function writeResults(measured: string[]): void {
  const path = `${here}results.md`;
  const begin = '<!-- bench:begin -->';
  const end = '<!-- bench:end -->';
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  let old: string;
  try {
    old = readFileSync(path, 'utf8');
  } catch {
    old = `# Measured\n\n${begin}\n${end}\n`;
  }
  const [before, rest] = old.split(begin);
  const [previous, after] = rest.split(end);
  // A run of some benchmarks keeps the figures of the others.
  const kept = previous
    .split(/\n(?=### )/)
    .filter((section) => section.startsWith('### '))
    .filter((section) => !measured.some((fresh) => fresh.split('\n')[0] === section.split('\n')[0]))
    .map((section) => section.trim());
  const body = [`Measured on ${machine}; ${new Date().toISOString().slice(0, 10)}.`, ...measured, ...kept].join('\n\n');
  writeFileSync(path, `${before}${begin}\n${body}\n${end}${after}`);
}

function parseArguments(given: string[]): { names: string[]; runs: number } {
  const position = given.indexOf('--runs');
  const runs = position === -1 ? 3 : Number(given[position + 1]);
  if (!Number.isInteger(runs) || runs < 1) {
    console.error('--runs takes a whole number of rounds, at least 1.');
    process.exit(2);
  }
  const names = position === -1 ? given : given.toSpliced(position, 2);
  return { names, runs };
}
