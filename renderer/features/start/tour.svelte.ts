import { navigation, type Step } from '../../app/navigation.svelte.ts';

/** One stop of the walk-through: a step of the work, and what to see there. */
export interface TourStop {
  place: Step;
  title: string;
  text: string;
}

export const tourStops: readonly TourStop[] = [
  {
    place: 'import',
    title: 'What was imported',
    text: 'A simulated tissue: spots with coordinates, genes and known regions. Your own files come in here, and you see what was found before anything is stored.',
  },
  {
    place: 'quality',
    title: 'Quality',
    text: 'Every spot by its counts and genes. Drag a threshold and see how many stay; the suggested ones are one click away.',
  },
  {
    place: 'learn',
    title: 'Learn',
    text: 'Methods by the question they answer, with what each would cost on this computer. The runs at the left are finished.',
  },
  {
    place: 'explore',
    title: 'Explore',
    text: 'The tissue and the learned spaces, side by side. Colour by a gene, a region or a cluster; draw around spots to select them.',
  },
  {
    place: 'export',
    title: 'Export',
    text: 'Take figures, denoised counts, latent spaces and a report with every setting to other programs.',
  },
];

/** The walk-through of the simulated tissue; stays until it is dismissed. */
class Tour {
  /** Null: not shown. -1: the greeting, before the first stop. */
  at = $state<number | null>(null);

  readonly stop = $derived(this.at === null || this.at < 0 ? null : tourStops[this.at]);

  begin(): void {
    this.at = -1;
  }

  go(at: number): void {
    this.at = Math.min(tourStops.length - 1, Math.max(0, at));
    navigation.go(tourStops[this.at].place);
  }

  end(): void {
    this.at = null;
  }
}

export const tour = new Tour();
