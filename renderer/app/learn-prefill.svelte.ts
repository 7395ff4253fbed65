import type { RunInfo } from './project.svelte.ts';

/** Settings that the form of Learn begins with: those of an earlier run. */
export interface LearnSettings {
  method: string;
  preset: string;
  parameters: Record<string, unknown>;
  normalisation: RunInfo['recipe']['normalisation'];
  seed: number;
  /** Name of the run that they come from. */
  fromRun: string;
}

/** Set by "Duplicate with changes"; Learn takes it when it opens. */
class LearnPrefill {
  settings = $state.raw<LearnSettings | null>(null);

  from(run: RunInfo): void {
    const { method, preset, parameters, recipe, seed, name } = run;
    this.settings = { method, preset, parameters, normalisation: recipe.normalisation, seed, fromRun: name };
  }

  /** The settings, once: a later visit to Learn begins afresh. */
  take(): LearnSettings | null {
    const { settings } = this;
    this.settings = null;
    return settings;
  }
}

export const learnPrefill = new LearnPrefill();
