import type { ParameterStore } from '../../engine/optimiser/parameter-store.ts';
import type { CheckpointState, TrainContext } from '../method.ts';
import { trainNetwork } from './train-network.ts';
import type { BatchData, Schedule, Trainable } from './training.types.ts';

/** One training of a method that trains several networks in turn. */
export interface Stage {
  /** Unique within the run; part of the checkpoint. */
  name: string;
  /** What is going on, for the progress line. */
  title: string;
  trainable: Trainable;
  schedule: Schedule;
  /** Default: the expression of the run. */
  data?: BatchData;
  /** What later stages need of the trained network; default: its weights. */
  keep?: (store: ParameterStore) => Promise<Record<string, Float32Array>>;
}

/** What a finished stage left behind. */
export interface StageResult {
  arrays: Record<string, Float32Array>;
  /** See `TrainedNetwork.summary`. */
  summary: Record<string, number>;
}

interface StagedState {
  done: { name: string; summary: Record<string, number> }[];
  now: { name: string; epoch: number; state: Record<string, unknown> };
  epochsBefore: number;
}

/**
 * Runs several trainings one after the other as one: epochs are numbered through, progress runs from 0 to 1 once, and
 * a checkpoint holds what the finished stages left behind beside the state of the current one, so that a resumed run
 * ends with the same numbers as an uninterrupted one. Everything between the stages must follow from their results.
 */
export class Stages {
  readonly #context: TrainContext<unknown>;
  readonly #plannedEpochs: number;
  readonly #done = new Map<string, StageResult>();
  readonly #startedAt = performance.now();
  #now: { name: string; checkpoint: CheckpointState } | null = null;
  #epochsBefore = 0;
  #plannedBefore = 0;
  #resumedFraction = 0;

  /** @param plannedEpochs of all stages together, if none stops early */
  constructor(context: TrainContext<unknown>, plannedEpochs: number) {
    this.#context = context;
    this.#plannedEpochs = plannedEpochs;
    if (context.resumeFrom) this.#restore(context.resumeFrom);
  }

  /** Epochs of all stages so far. */
  get epochs(): number {
    return this.#epochsBefore;
  }

  /** @throws LacunaError like `trainNetwork` */
  async train(stage: Stage): Promise<StageResult> {
    const planned = stage.schedule.epochs;
    const finished = this.#done.get(stage.name);
    if (finished) {
      this.#plannedBefore += planned;
      return finished;
    }
    const resumed = this.#now?.name === stage.name ? this.#now.checkpoint : null;
    if (resumed) this.#resumedFraction = (this.#plannedBefore + resumed.epoch) / this.#plannedEpochs;
    this.#now = null;
    const { record, report, checkpoint } = this.#context;
    const trained = await trainNetwork(
      {
        ...this.#context,
        data: stage.data ?? this.#context.data,
        resumeFrom: resumed,
        record: (epoch) => record({ ...epoch, epoch: this.#epochsBefore + epoch.epoch }),
        report: (progress) => {
          const fraction = Math.min(
            1,
            (this.#plannedBefore + (progress.fraction ?? 0) * planned) / this.#plannedEpochs,
          );
          report({ ...progress, stage: stage.title, fraction, etaSeconds: this.#eta(fraction) });
        },
        checkpoint: (build) => checkpoint(() => this.#wrap(stage.name, build())),
      },
      stage.trainable,
      stage.schedule,
    );
    try {
      const arrays = stage.keep ? await stage.keep(trained.store) : trained.store.weights();
      const result = { arrays, summary: trained.summary };
      this.#done.set(stage.name, result);
      this.#epochsBefore += trained.summary.epochs;
      this.#plannedBefore += planned;
      return result;
    } finally {
      trained.store.dispose();
    }
  }

  /** By the pace since this session began. */
  #eta(fraction: number): number | null {
    const done = fraction - this.#resumedFraction;
    if (done <= 0) return null;
    return ((performance.now() - this.#startedAt) / 1000 / done) * (1 - fraction);
  }

  #wrap(name: string, inner: CheckpointState): CheckpointState {
    const arrays: Record<string, Float32Array> = {};
    for (const [key, values] of Object.entries(inner.arrays)) arrays[`now/${key}`] = values;
    const done = [...this.#done].map(([stage, result], i) => {
      for (const [key, values] of Object.entries(result.arrays)) arrays[`done/${i}/${key}`] = values;
      return { name: stage, summary: result.summary };
    });
    const state: StagedState = {
      done,
      now: { name, epoch: inner.epoch, state: inner.state },
      epochsBefore: this.#epochsBefore,
    };
    return { epoch: this.#epochsBefore + inner.epoch, arrays, state: { ...state } };
  }

  #restore({ arrays, state }: CheckpointState): void {
    const { done, now, epochsBefore } = state as unknown as StagedState;
    const under = (prefix: string): Record<string, Float32Array> =>
      Object.fromEntries(
        Object.entries(arrays)
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, values]) => [key.slice(prefix.length), values]),
      );
    done.forEach(({ name, summary }, i) => this.#done.set(name, { arrays: under(`done/${i}/`), summary }));
    this.#now = { name: now.name, checkpoint: { epoch: now.epoch, arrays: under('now/'), state: now.state } };
    this.#epochsBefore = epochsBefore;
  }
}
