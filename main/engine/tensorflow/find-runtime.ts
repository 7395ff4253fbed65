import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The installed native TensorFlow: its binding for Node and which build it is. */
export interface TensorflowRuntime {
  /** Folder that holds `tfjs_binding.node` and the TensorFlow libraries. */
  folder: string;
  binding: string;
  flavour: 'cpu' | 'cuda';
}

const BINDING = 'tfjs_binding.node';

/**
 * Looks for the native runtime that set-up puts into `.runtime/tensorflow`: where `LACUNA_TENSORFLOW_DIR` says, beside
 * the packaged application's resources, or upward from this file and from the working directory.
 *
 * @returns null when there is none
 */
export function findTensorflowRuntime(env: NodeJS.ProcessEnv = process.env): TensorflowRuntime | null {
  for (const folder of candidates(env)) {
    const binding = join(folder, BINDING);
    if (existsSync(binding)) return { folder, binding, flavour: flavourOf(folder) };
  }
  return null;
}

/**
 * Why there is no native runtime, in plain words: what set-up wrote down when it could not get one.
 *
 * @returns what to say when it wrote nothing, too
 */
export function whyNoTensorflow(env: NodeJS.ProcessEnv = process.env): string {
  for (const folder of candidates(env)) {
    const file = join(folder, 'flavour.json');
    if (!existsSync(file)) continue;
    const { reason } = JSON.parse(readFileSync(file, 'utf8')) as { reason?: string };
    if (reason) return `The native TensorFlow could not be installed. ${reason}.`;
  }
  return 'The native TensorFlow is not installed (npm run setup adds it).';
}

function* candidates(env: NodeJS.ProcessEnv): Generator<string> {
  if (env.LACUNA_TENSORFLOW_DIR) {
    yield env.LACUNA_TENSORFLOW_DIR;
    return;
  }
  const { resourcesPath } = process as NodeJS.Process & { resourcesPath?: string };
  if (resourcesPath) yield join(resourcesPath, 'tensorflow');
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; ; folder = dirname(folder)) {
      yield join(folder, '.runtime', 'tensorflow');
      if (dirname(folder) === folder) break;
    }
  }
}

/** The CUDA build carries NVIDIA's libraries beside it. */
function flavourOf(folder: string): 'cpu' | 'cuda' {
  const names = readdirSync(folder);
  return names.some((name) => name === 'nvidia' || /^libcudart/.test(name)) ? 'cuda' : 'cpu';
}

/** True when the NVIDIA driver shows a card to this system. */
export function hasNvidiaCard(): boolean {
  if (process.platform === 'linux') return existsSync('/dev/nvidia0') || existsSync('/dev/dxg');
  if (process.platform === 'win32')
    return existsSync(join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'nvcuda.dll'));
  return false;
}

/** The card's name as the driver gives it, such as `NVIDIA GeForce RTX 4070`; plain `NVIDIA` where it does not say. */
export function nvidiaCardName(): string {
  const folder = '/proc/driver/nvidia/gpus';
  try {
    const [first] = readdirSync(folder);
    return /^Model:\s*(.+)$/m.exec(readFileSync(join(folder, first, 'information'), 'utf8'))?.[1].trim() ?? 'NVIDIA';
  } catch {
    return 'NVIDIA';
  }
}
