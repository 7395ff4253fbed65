import { existsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { preparedBackend } from '../../engine/prepared-backend.ts';
import { chooseDevice } from '../../engine/tensorflow/choose-device.ts';
import { hasNvidiaCard, nvidiaCardName } from '../../engine/tensorflow/find-runtime.ts';
import { projectFolder } from './project-folder.ts';
import type { Settings } from './settings.ts';

/** The settings, and what they mean on this computer. */
export interface SettingsInForce {
  settings: Settings;
  /** Where new projects go now. */
  folder: string;
  /** False until the first project is made there. */
  folderExists: boolean;
  availableThreads: number;
  /** The device that a training would use; the engine decides for good when one begins. */
  device: { kind: 'cpu' | 'gpu'; name: string; why: string };
}

/** What the settings mean on this computer, without starting the tensor engine. */
export function settingsInForce(settings: Settings): SettingsInForce {
  const folder = projectFolder(settings);
  return {
    settings,
    folder,
    folderExists: existsSync(folder),
    availableThreads: availableParallelism(),
    device: deviceOf(settings),
  };
}

function deviceOf({ device: wanted }: Settings): SettingsInForce['device'] {
  const processor = cpus()[0]?.model.trim() || 'Processor';
  const backend = preparedBackend();
  if (backend.kind === 'wasm') return { kind: 'cpu', name: processor, why: backend.why };
  const flavour = backend.flavour === 'cuda' ? 'cuda' : 'cpu';
  const { device, why } = chooseDevice({ flavour, hasGpu: hasNvidiaCard(), wanted });
  return { kind: device, name: device === 'gpu' ? nvidiaCardName() : processor, why };
}
