import type { RunInfo } from './project.svelte.ts';

/** Settings that the form of Learn begins with. */
export interface LearnSettings {
  method: string;
  preset: string;
  parameters: Record<string, unknown>;
}

/** Set by "Duplicate with changes" and by the page of a method; Learn takes it when it opens. */
class LearnPrefill {
  settings = $state.raw<LearnSettings | null>(null);

  from(run: RunInfo): void {
    const { method, preset, parameters } = run;
    this.settings = { method, preset, parameters };
  }

  /** A preset as it is, for a run of its own. */
  fromPreset(method: string, preset: string): void {
    this.settings = { method, preset, parameters: {} };
  }

  /** The settings, once: a later visit to Learn begins afresh. */
  take(): LearnSettings | null {
    const { settings } = this;
    this.settings = null;
    return settings;
  }
}

export const learnPrefill = new LearnPrefill();
