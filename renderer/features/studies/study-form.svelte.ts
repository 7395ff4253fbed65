import { untrack } from 'svelte';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { parseSeeds } from '../benchmark/seeds.ts';
import type { ReadyStudy, StudyPlan, StudyRequest } from './study-types.ts';

/** What a person chose of a ready-made study, and what that would take. */
export class StudyForm {
  readonly study: ReadyStudy;
  readonly dataset: number;
  choices = $state<Record<string, string[]>>({});
  seeds = $state('1');
  epochs = $state<number | null>(null);
  plan = $state.raw<StudyPlan | null>(null);
  planError = $state.raw<PlainError | null>(null);
  #asked = 0;

  constructor(study: ReadyStudy, dataset: number) {
    this.study = study;
    this.dataset = dataset;
    this.choices = Object.fromEntries(
      study.choices.map(({ id, values }) => [id, values.filter(({ isDefault }) => isDefault).map((value) => value.id)]),
    );
  }

  /** Why it cannot start; null where it can. */
  readonly problem = $derived.by((): string | null => {
    const empty = this.study.choices.find(({ id }) => (this.choices[id] ?? []).length === 0);
    if (empty) return `Choose at least one of ${empty.title}.`;
    if (parseSeeds(this.seeds) === null) return 'Write the seeds as whole numbers: 1, 2, 5 or 1-5.';
    if (this.epochs !== null && !(Number.isInteger(this.epochs) && this.epochs >= 1))
      return 'Write the epochs as a whole number, or nothing for those that were published.';
    return null;
  });

  readonly request = $derived.by((): StudyRequest | null => {
    if (this.problem !== null) return null;
    return {
      study: this.study.id,
      dataset: this.dataset,
      choices: $state.snapshot(this.choices),
      seeds: parseSeeds(this.seeds) ?? [1],
      epochs: this.epochs,
    };
  });

  toggle(choice: string, value: string): void {
    const now = this.choices[choice] ?? [];
    this.choices[choice] = now.includes(value) ? now.filter((other) => other !== value) : [...now, value];
  }

  /** Asks anew what it would take; an older answer that comes late is dropped. */
  async estimate(): Promise<void> {
    const asked = ++this.#asked;
    const { request } = this;
    if (request === null || !untrack(() => this.study.supported)) return;
    try {
      const plan = await core.readyStudies.plan({ project: project.uuid, spec: request });
      if (asked !== this.#asked) return;
      this.plan = plan;
      this.planError = null;
    } catch (thrown) {
      if (asked === this.#asked) this.planError = plainError(thrown);
    }
  }
}
