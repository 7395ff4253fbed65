import type { AnnotationEdit } from '../../contract/entities/annotation.ts';
import { CATEGORY_COLOURS, categoryColour } from '../../contract/palettes/categorical.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';

/** Groups of observations with names and colours. */
export interface ColouredGroups {
  /** [nObs], -1 without a group */
  codes: Int32Array;
  categories: string[];
  /** [nCategories] */
  colours: string[];
}

/**
 * Groups after a change; those that were handed in stay as they are. Groups that lose their last observation go, all
 * others keep their place and their colour.
 *
 * @throws LacunaError `bad-request`: a group that is not there, a name that is taken, a position outside of the dataset
 */
export function editGroups(groups: ColouredGroups, edit: AnnotationEdit): ColouredGroups {
  switch (edit.kind) {
    case 'rename':
      return rename(groups, edit.group, edit.name);
    case 'merge':
      return merge(groups, edit.groups, edit.name);
    case 'colour': {
      const code = codeOf(groups, edit.group);
      return { ...groups, colours: groups.colours.with(code, edit.colour) };
    }
    case 'assign':
      return assign(groups, edit.obs, edit.group);
  }
}

/** A change in plain words: 'Merge 3 and 5 to T cells'. */
export function editWords(edit: AnnotationEdit): string {
  switch (edit.kind) {
    case 'rename':
      return `Rename ${edit.group} to ${edit.name}`;
    case 'merge':
      return `Merge ${edit.groups.slice(0, -1).join(', ')} and ${edit.groups.at(-1)} to ${edit.name}`;
    case 'colour':
      return `Colour ${edit.group}`;
    case 'assign':
      return edit.group === null
        ? `Take ${edit.obs.length} out of their groups`
        : `Assign ${edit.obs.length} to ${edit.group}`;
  }
}

function rename(groups: ColouredGroups, group: string, name: string): ColouredGroups {
  const code = codeOf(groups, group);
  const other = groups.categories.indexOf(name);
  if (other !== -1 && other !== code)
    throw new LacunaError(
      'bad-request',
      `There is a group called "${name}" already.`,
      `To make one group of "${group}" and "${name}", merge them.`,
    );
  return { ...groups, categories: groups.categories.with(code, name) };
}

function merge(groups: ColouredGroups, names: readonly string[], name: string): ColouredGroups {
  const merged = [...new Set(names.map((one) => codeOf(groups, one)))];
  if (merged.length < 2) throw new LacunaError('bad-request', 'One group cannot be merged.', 'Choose at least two.');
  const taken = groups.categories.indexOf(name);
  if (taken !== -1 && !merged.includes(taken))
    throw new LacunaError(
      'bad-request',
      `There is another group called "${name}".`,
      'Merge it, too, or choose another name.',
    );
  const sizes = sizesOf(groups);
  const into = merged.reduce((best, code) => (sizes[code] > sizes[best] ? code : best));
  const codes = groups.codes.map((code) => (merged.includes(code) ? into : code));
  return withoutEmpty({ codes, categories: groups.categories.with(into, name), colours: groups.colours });
}

function assign(groups: ColouredGroups, obs: readonly number[], name: string | null): ColouredGroups {
  const { categories, colours } = groups;
  let code = name === null ? -1 : categories.indexOf(name);
  const isNew = name !== null && code === -1;
  if (isNew) code = categories.length;
  const codes = groups.codes.slice();
  for (const position of obs) {
    if (position >= codes.length)
      throw new LacunaError(
        'bad-request',
        `Observation ${position} was named; the dataset has ${codes.length}.`,
        'Positions count from 0.',
      );
    codes[position] = code;
  }
  return withoutEmpty(
    isNew
      ? { codes, categories: [...categories, name], colours: [...colours, freeColour(colours)] }
      : { codes, categories, colours },
  );
}

/** The first colour of the palette that no group has. */
function freeColour(used: readonly string[]): string {
  return CATEGORY_COLOURS.find((colour) => !used.includes(colour)) ?? categoryColour(used.length);
}

function withoutEmpty(groups: ColouredGroups): ColouredGroups {
  const sizes = sizesOf(groups);
  if (sizes.every((size) => size > 0)) return groups;
  const kept = sizes.flatMap((size, code) => (size > 0 ? [code] : []));
  return {
    codes: groups.codes.map((code) => (code < 0 ? -1 : kept.indexOf(code))),
    categories: kept.map((code) => groups.categories[code]),
    colours: kept.map((code) => groups.colours[code]),
  };
}

function sizesOf({ codes, categories }: ColouredGroups): number[] {
  const sizes = categories.map(() => 0);
  for (const code of codes) if (code >= 0) sizes[code]++;
  return sizes;
}

function codeOf({ categories }: ColouredGroups, name: string): number {
  const code = categories.indexOf(name);
  if (code !== -1) return code;
  throw new LacunaError('bad-request', `There is no group called "${name}".`, `There are: ${categories.join(', ')}.`);
}
