/** The steps from a file to a result, in their order, and the places beside them. */
export const steps = ['import', 'quality', 'prepare', 'learn', 'explore', 'score', 'export'] as const;
export type Step = (typeof steps)[number];
export type Place =
  | 'start'
  | Step
  | 'overview'
  | 'batches'
  | 'benchmark'
  | 'compare'
  | 'search'
  | 'studies'
  | 'methods'
  | 'settings'
  | 'help';

/** The step that a place belongs to. */
export function stepOf(place: Place): Place {
  if (place === 'search') return 'learn';
  if (place === 'overview') return 'quality';
  return place === 'batches' || place === 'benchmark' || place === 'compare' || place === 'studies' ? 'score' : place;
}

/** Where the person is. Any place can be revisited at any time. */
class Navigation {
  place = $state<Place>('start');
  /** Files or folders that wait to be looked at by the import wizard. */
  pendingImport = $state<string[]>([]);

  go(place: Place): void {
    this.place = place;
  }
}

export const navigation = new Navigation();
