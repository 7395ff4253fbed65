/** What is looked at of a training history. */
interface Epoch {
  epoch: number;
  train: Record<string, number>;
}

/** What went into the network, as far as it bears on its gradients. */
interface InputScale {
  normalisation: { librarySize: string; log1p: boolean; scale: string };
  /** The training ended because a loss was no number any more. */
  isBroken: boolean;
}

export type GradientHealth = { kind: 'steady' } | { kind: 'unstable' | 'broken'; text: string };

/** Epochs at the beginning in which large gradients are no news. */
const FIRST_EPOCHS = 3;
/** A gradient this many times the median of the epochs before is a jump. */
const JUMP = 10;
/** Of the whole training even the first epochs are not this many times the median, unless they were thrown about. */
const FIRST_JUMP = 1000;

/**
 * Whether the gradients of a training were steady, and in plain words why not: the input is named where it explains it.
 * Unstable is a training whose gradient, after the first epochs, leapt to ten times the median of what came before, or was
 * in any epoch a thousand times the median of all.
 */
export function gradientHealth(history: readonly Epoch[], { normalisation, isBroken }: InputScale): GradientHealth {
  const norms = history.flatMap(({ epoch, train }) =>
    train.gradientNorm === undefined ? [] : [{ epoch, norm: train.gradientNorm }],
  );
  const jump = largestJump(norms);
  if (!isBroken && jump === null) return { kind: 'steady' };
  const largest = Math.max(0, ...norms.map(({ norm }) => norm));
  const seen =
    jump === null
      ? isBroken && largest > 0
        ? ` The largest gradient before was ${power(largest)}.`
        : ''
      : ` In epoch ${jump.epoch} the gradient was ${power(jump.norm)}, ${power(Number(jump.times.toPrecision(2)))} times its usual size of ${power(jump.usual)}.`;
  const what = isBroken
    ? `Training broke down in ${history.length < 2 ? 'its first epoch' : `epoch ${history.at(-1)!.epoch}`}.`
    : 'The gradients were unstable.';
  return { kind: isBroken ? 'broken' : 'unstable', text: `${what}${seen} ${reasonOf(normalisation)}` };
}

function largestJump(
  norms: readonly { epoch: number; norm: number }[],
): { epoch: number; norm: number; usual: number; times: number } | null {
  let found: ReturnType<typeof largestJump> = null;
  const all = medianOf(norms);
  norms.forEach((at, i) => {
    const before = i < FIRST_EPOCHS ? all : medianOf(norms.slice(0, i));
    for (const [usual, least] of [
      [all, FIRST_JUMP],
      [before, i < FIRST_EPOCHS ? FIRST_JUMP : JUMP],
    ]) {
      const times = at.norm / usual;
      if (times >= least && times > (found?.times ?? 0)) found = { ...at, usual, times };
    }
  });
  return found;
}

function medianOf(norms: readonly { norm: number }[]): number {
  return norms.map(({ norm }) => norm).toSorted((a, b) => a - b)[norms.length >> 1];
}

function reasonOf({ librarySize, log1p, scale }: InputScale['normalisation']): string {
  if (log1p || scale !== 'none') return 'Try a smaller learning rate.';
  return librarySize === 'none'
    ? 'Raw counts went in: a few genes with counts in the hundreds or thousands make nearly all of the squared error, so a batch with such cells pulls the weights far to one side. Take log(1 + x) of scaled counts instead, or a count model, which expects counts.'
    : 'Counts without a logarithm went in: the few highest genes make nearly all of the squared error, so a batch with such cells pulls the weights far to one side. Take log(1 + x) as well.';
}

/** 34500 → '3.5 · 10⁴'; below a thousand as it is. */
function power(value: number): string {
  if (value < 1000) return Number(value.toPrecision(2)).toString();
  const exponent = Math.floor(Math.log10(value));
  const raised = [...String(exponent)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return `${(value / 10 ** exponent).toFixed(1)} · 10${raised}`;
}
