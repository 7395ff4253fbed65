import { navigation } from './navigation.svelte.ts';

/** Which method the page of the methods shows. */
class MethodPage {
  /** Null: the first. */
  id = $state<string | null>(null);

  open(id: string): void {
    this.id = id;
    navigation.go('methods');
  }
}

export const methodPage = new MethodPage();
