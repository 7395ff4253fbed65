import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recipeSchema } from '../../preprocess/recipe.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import { createProject } from '../create-project.ts';
import { openProject } from '../open-project.ts';
import { madeMatrix, madeSource } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { thrownBy } from '../testing/thrown.ts';

const keeping = (variableGenes: number): Recipe => recipeSchema.parse({ normalisation: { variableGenes } });

it('goes back and forth between recipes; a new one drops what was undone', async () => {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id } = await project.datasets.import(madeSource(madeMatrix(20, 10, 0.3, 1)));
  const { recipes } = project;
  const state = (): unknown[] => {
    const { recipe, revision, canUndo, canRedo } = recipes.current(id);
    return [recipe.normalisation.variableGenes, revision, canUndo, canRedo];
  };
  expect(recipes.current(id).recipe).toEqual(recipeSchema.parse({}));
  expect(state()).toEqual([null, 0, false, false]);
  recipes.undo(id);
  recipes.redo(id);
  expect(state()).toEqual([null, 0, false, false]);
  recipes.put(id, keeping(1000));
  recipes.put(id, keeping(2000));
  recipes.put(id, keeping(2000));
  expect(state()).toEqual([2000, 2, true, false]);
  recipes.undo(id);
  expect(state()).toEqual([1000, 1, true, true]);
  recipes.redo(id);
  expect(state()).toEqual([2000, 2, true, false]);
  recipes.undo(id);
  recipes.put(id, keeping(3000));
  // The number of the dropped revision does not come back as another recipe.
  expect(state()).toEqual([3000, 3, true, false]);
  recipes.undo(id);
  expect(state()).toEqual([1000, 1, true, true]);
  project.close();

  const again = openProject(project.path);
  expect(
    again.recipes
      .history(id)
      .map(({ revision, recipe, inForce }) => [revision, recipe.normalisation.variableGenes, inForce]),
  ).toEqual([
    [0, null, false],
    [1, 1000, true],
    [3, 3000, false],
  ]);
  again.close();
});

it('refuses a recipe that is out of range, and a dataset that is not there', async () => {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id } = await project.datasets.import(madeSource(madeMatrix(20, 10, 0.3, 1)));
  const wrong = keeping(1000);
  wrong.normalisation.variableGenes = 0;
  const error = await thrownBy(() => project.recipes.put(id, wrong));
  expect(error.code).toBe('bad-option');
  expect(error.message).toContain('normalisation.variableGenes');
  expect((await thrownBy(() => project.recipes.put(id + 1, keeping(1)))).code).toBe('not-found');
  expect((await thrownBy(() => project.recipes.history(id + 1))).code).toBe('not-found');
  project.close();
});
