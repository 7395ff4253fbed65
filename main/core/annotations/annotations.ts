import type { z } from 'zod';
import type { AnnotationEdit, annotationStateSchema } from '../../contract/entities/annotation.ts';
import type { GroupSource } from '../../contract/entities/markers.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { sourceGroups } from '../../jobs/tasks/source-groups.ts';
import type { AnnotationRevision, Project } from '../../projects/project.types.ts';
import { editGroups, editWords, type ColouredGroups } from './edit-groups.ts';

export type AnnotationState = z.infer<typeof annotationStateSchema>;

/** An annotation to begin. */
export interface NewAnnotation {
  column: string;
  /** What it starts with: a copy, so that the original stays as it is. Null: nobody is in a group. */
  from: GroupSource | null;
  /** A first change, so that both are one step to take back. */
  edit?: AnnotationEdit;
}

/**
 * Begins an annotation: a new obs column with the groups of another one or of a clustering, in their colours.
 *
 * @throws LacunaError `bad-request` when the name is taken, and as `editGroups`; `not-found`
 */
export function beginAnnotation(
  project: Project,
  datasetId: number,
  { column, from, edit }: NewAnnotation,
): AnnotationState {
  const { nObs, obsColumns } = project.datasets.get(datasetId);
  if (obsColumns.some(({ name }) => name === column))
    throw new LacunaError('bad-request', `There is a column "${column}" already.`, 'Choose another name.', { column });
  const nothing = { title: '', codes: new Int32Array(nObs).fill(-1), categories: [], colours: [] };
  const { title, ...groups } = from === null ? nothing : sourceGroups(project, datasetId, from);
  const changed = edit === undefined ? groups : editGroups(groups, edit);
  const change = edit === undefined ? `Annotate ${title || column}` : editWords(edit);
  return stateOf(put(project, datasetId, column, changed, title, change), null);
}

/**
 * Changes an annotation.
 *
 * @throws LacunaError `not-found`; `bad-request` for a column that is not an annotation of the window, and as `editGroups`
 */
export function editAnnotation(
  project: Project,
  datasetId: number,
  column: string,
  edit: AnnotationEdit,
): AnnotationState {
  const before = project.annotations.list(datasetId).find(({ name }) => name === column);
  if (before === undefined)
    throw new LacunaError(
      'bad-request',
      `"${column}" came with the data and stays as it is.`,
      'Begin an annotation from it, and change that.',
    );
  const groups = editGroups(sourceGroups(project, datasetId, { kind: 'column', name: column }), edit);
  return stateOf(put(project, datasetId, column, groups, before.origin, editWords(edit)), before.id);
}

/** Brings a state of an annotation in force again. @throws LacunaError `not-found` */
export function restoreAnnotation(project: Project, revision: number): AnnotationState {
  const { datasetId, name } = project.annotations.get(revision);
  const before = project.annotations.list(datasetId).find((one) => one.name === name);
  return stateOf(project.annotations.restore(revision), before?.id ?? null);
}

/** The annotations of a dataset as they are now. */
export function listAnnotations(project: Project, datasetId: number): AnnotationState[] {
  return project.annotations.list(datasetId).map((revision) => stateOf(revision, null));
}

function put(
  project: Project,
  datasetId: number,
  name: string,
  { codes, categories, colours }: ColouredGroups,
  origin: string,
  change: string,
): AnnotationRevision {
  const column = { kind: 'categorical', name, codes, categories, colours, ordered: false } as const;
  return project.annotations.put(datasetId, column, origin, change);
}

function stateOf(revision: AnnotationRevision, before: number | null): AnnotationState {
  const { id, name, origin, change, categories, colours } = revision;
  return { revision: id, before, column: name, origin, change, categories, colours };
}
