import type { z } from 'zod';
import type { AnnotationEdit, annotationStateSchema } from '../../../main/contract/entities/annotation.ts';
import type { GroupSource } from '../../../main/contract/entities/markers.ts';
import { project } from '../../app/project.svelte.ts';
import { undoStack } from '../../app/undo.svelte.ts';
import { core } from '../../rpc/client.ts';
import { explore } from '../explore/explore.svelte.ts';
import { freshName } from './fresh-name.ts';

/**
 * Naming, merging and colouring the groups on the screen. What came with the data or was computed stays as it is: the
 * first change begins an annotation of its own. Every change is one step of undo.
 */
class Annotate {
  /** The legend is there to be changed. */
  isOpen = $state(false);
  /** Groups that are to be merged, by name. */
  marked = $state.raw<ReadonlySet<string>>(new Set());
  /** Name of the annotation that a first change begins; '' for the one that is proposed. */
  ownName = $state('');

  /** The annotation that is on the screen; null where a first change begins one. */
  readonly current = $derived.by(() => {
    const { groupSource } = explore;
    return groupSource?.kind === 'column'
      ? (explore.annotations.find(({ column }) => column === groupSource.name) ?? null)
      : null;
  });
  readonly proposed = $derived(freshName(explore.groups?.label ?? '', explore.columns));
  readonly newName = $derived(this.ownName.trim() || this.proposed);
  readonly isTaken = $derived(explore.columns.some(({ name }) => name === this.newName));

  mark(group: string, on: boolean): void {
    const others = [...this.marked].filter((name) => name !== group);
    this.marked = new Set(on ? [...others, group] : others);
  }

  /**
   * Changes the annotation on the screen, or begins one with the change.
   *
   * @param name of the change in the list of undo: 'Merge 3 and 5'
   */
  async change(name: string, edit: AnnotationEdit): Promise<boolean> {
    if (explore.groupSource === null) return false;
    const done = await this.#put(
      name,
      this.current?.column ?? this.newName,
      this.current === null,
      explore.groupSource,
      edit,
    );
    if (done) {
      this.marked = new Set();
      this.ownName = '';
    }
    return done;
  }

  /**
   * Puts observations into a group of an annotation.
   *
   * @param column of an annotation, or the name of a new one, which begins from `from`
   */
  assign(name: string, column: string, from: GroupSource | null, edit: AnnotationEdit): Promise<boolean> {
    const isNew = !explore.annotations.some((one) => one.column === column);
    return this.#put(name, column, isNew, from, edit);
  }

  async #put(
    name: string,
    column: string,
    isNew: boolean,
    from: GroupSource | null,
    edit: AnnotationEdit,
  ): Promise<boolean> {
    const { data, colour } = explore;
    if (data === null) return false;
    const at = { project: data.uuid, dataset: data.dataset };
    let made: z.infer<typeof annotationStateSchema> | null = null;
    const show = async (): Promise<void> => {
      await project.refresh();
      if (explore.data === data) await explore.showChanged(column);
    };
    return undoStack.run({
      name,
      do: async () => {
        if (made !== null) await core.annotations.restore({ project: at.project, revision: made.revision });
        else if (isNew) made = await core.annotations.begin({ ...at, column, from, edit });
        else made = await core.annotations.edit({ ...at, column, edit });
        await show();
      },
      undo: async () => {
        const before = made?.before ?? null;
        if (before !== null) await core.annotations.restore({ project: at.project, revision: before });
        else await core.datasets.removeColumn({ ...at, column });
        await show();
        if (before === null && explore.data === data) await explore.colourBy(colour);
      },
    });
  }
}

export const annotate = new Annotate();
