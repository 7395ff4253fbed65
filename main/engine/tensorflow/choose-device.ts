/** What is known before TensorFlow is loaded. */
export interface DeviceFacts {
  /** Which build of TensorFlow is installed. */
  flavour: 'cpu' | 'cuda';
  /** Whether the driver's device file or library shows an NVIDIA GPU. */
  hasGpu: boolean;
  /** What the person asked for; `auto` leaves the choice to us. */
  wanted: 'auto' | 'cpu' | 'gpu';
}

/** The device to compute on, and why, in words that can be shown. */
export interface DeviceChoice {
  device: 'cpu' | 'gpu';
  why: string;
}

/** The GPU where one can be used and nobody objects; otherwise the processor. */
export function chooseDevice(facts: DeviceFacts): DeviceChoice {
  if (facts.wanted === 'cpu') return { device: 'cpu', why: 'The processor was asked for.' };
  if (facts.flavour === 'cuda' && facts.hasGpu) {
    return { device: 'gpu', why: 'An NVIDIA graphics card and the CUDA build of TensorFlow are present.' };
  }
  const reason =
    facts.flavour === 'cpu'
      ? facts.hasGpu
        ? 'There is an NVIDIA graphics card, but the installed TensorFlow is the CPU build (the set-up option --cuda adds the other).'
        : 'No NVIDIA graphics card was found.'
      : 'The CUDA build of TensorFlow is installed, but no NVIDIA graphics card was found.';
  return { device: 'cpu', why: facts.wanted === 'gpu' ? `A graphics card was asked for. ${reason}` : reason };
}
