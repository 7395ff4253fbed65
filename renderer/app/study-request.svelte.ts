/** A benchmark or search that was chosen elsewhere, such as in the tree; its screen takes it up. */
class StudyRequest {
  #wanted = $state.raw<{ kind: string; id: number } | null>(null);
  #method: { method: string; preset: string } | null = null;

  show(kind: string, id: number): void {
    this.#wanted = { kind, id };
  }

  /** The id of the study of this kind that is to be shown, once. */
  take(kind: string): number | null {
    const wanted = this.#wanted;
    if (wanted?.kind !== kind) return null;
    this.#wanted = null;
    return wanted.id;
  }

  /** A search is to be set up for this method. */
  searchFor(method: string, preset: string): void {
    this.#method = { method, preset };
  }

  takeMethod(): { method: string; preset: string } | null {
    const method = this.#method;
    this.#method = null;
    return method;
  }
}

export const studyRequest = new StudyRequest();
