import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { NODE_BINARY, NODE_FOLDER, RUNTIME } from './paths.mjs';
import { MINIMUM_NODE, NODE_PACKAGES, NODE_VERSION, SYSTEM } from './pins.mjs';
import { telltaleLines, runCommand } from './run-command.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { readStamps, writeStamp } from './stamps.mjs';
import { compareVersions } from './version.mjs';

/** True when the Node that runs us is new enough to run Lacuna. */
export function ownNodeIsEnough(version = process.version) {
  return compareVersions(version, MINIMUM_NODE) >= 0;
}

/** The Node that everything is started with: the one inside the project, else the one that runs us. */
export function pinnedNode() {
  return ownNodeIsEnough() ? process.execPath : NODE_BINARY;
}

/** @type {import('./step.mjs').Step} */
export const nodeStep = {
  title: `Node ${NODE_VERSION}`,
  get cost() {
    const size = NODE_PACKAGES[SYSTEM]?.megabytes;
    return `this machine's Node is ${process.version}${size ? `; downloads ${size} MB` : ''}`;
  },
  isDone: () => ownNodeIsEnough() || (readStamps().node === NODE_VERSION && existsSync(NODE_BINARY)),
  async run() {
    if (!(await reportsPinnedVersion())) await install();
    writeStamp('node', NODE_VERSION);
    return `in ${NODE_FOLDER}`;
  },
};

async function reportsPinnedVersion() {
  const { code, stdout } = await runCommand(NODE_BINARY, ['--version']);
  return code === 0 && stdout.trim() === `v${NODE_VERSION}`;
}

async function install() {
  const pin = NODE_PACKAGES[SYSTEM];
  const byHand = `Install Node ${MINIMUM_NODE} or newer yourself (for instance from nodejs.org), and run this again.`;
  if (!pin) {
    throw new SetUpFailure(
      `This machine's Node is ${process.version}; Lacuna needs ${MINIMUM_NODE} or newer, and there is no ready one for ${process.platform} ${process.arch}.`,
      byHand,
    );
  }
  const folder = join(RUNTIME, 'node-download');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const spec = `${pin.name}@${NODE_VERSION}`;
  const { code, output } = await npm(['install', '--ignore-scripts', '--no-save', '--prefix', folder, spec], {
    cwd: folder,
  });
  if (code !== 0) {
    throw new SetUpFailure(
      `npm could not fetch ${spec}.`,
      `Check the network (and npm's proxy or registry settings), then run this again. Or: ${byHand}`,
      telltaleLines(output),
    );
  }
  const installed = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  if (installed.packages[`node_modules/${pin.name}`]?.integrity !== pin.integrity) {
    throw new SetUpFailure(
      `What npm fetched as ${spec} is not the file that was published under this name (its checksum differs).`,
      `Something between this machine and the registry changes files. ${byHand}`,
    );
  }
  mkdirSync(NODE_FOLDER, { recursive: true });
  renameSync(join(folder, 'node_modules', pin.name, ...pin.binary.split('/')), NODE_BINARY);
  chmodSync(NODE_BINARY, 0o755);
  rmSync(folder, { recursive: true, force: true });
  if (!(await reportsPinnedVersion())) {
    throw new SetUpFailure(`The Node that was fetched does not run on this system (${NODE_BINARY}).`, byHand);
  }
}
