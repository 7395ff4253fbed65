import { findGenes } from '../../core/find-genes.ts';
import { genesMeanVariance } from '../../core/dataset-measures.ts';
import { datasetQuality, keptByFilter } from '../../core/dataset-quality.ts';
import { preparePreview } from '../../core/prepare-preview/prepare-preview.ts';
import { putLabels } from '../../core/put-labels.ts';
import { summariseColumn } from '../../core/summarise-column.ts';
import { commonDispersion } from '../../preprocess/quality/mean-variance.ts';
import { RECIPE_PRESETS } from '../../preprocess/recipe-presets.ts';
import { os } from './implementer.ts';

/** Datasets of a project, their annotations, quality and recipe. */
export const datasets = {
  list: os.datasets.list.handler(({ context, input }) => context.core.project(input.project).datasets.list()),
  get: os.datasets.get.handler(({ context, input }) => context.core.project(input.project).datasets.get(input.dataset)),
  rename: os.datasets.rename.handler(({ context, input }) => {
    const { datasets } = context.core.project(input.project);
    datasets.rename(input.dataset, input.name);
    return datasets.get(input.dataset);
  }),
  remove: os.datasets.remove.handler(({ context, input }) => {
    context.core.removeDataset(context.core.project(input.project), input.dataset);
    return {};
  }),
  restore: os.datasets.restore.handler(({ context, input }) => {
    context.core.project(input.project).datasets.restore(input.dataset);
    return {};
  }),
  columns: os.datasets.columns.handler(({ context, input }) =>
    context.core.project(input.project).datasets.obs(input.dataset).columns.map(summariseColumn),
  ),
  findGenes: os.datasets.findGenes.handler(({ context, input }) =>
    findGenes(context.core.project(input.project).datasets.var(input.dataset), input.query, input.limit),
  ),
  findProteins: os.datasets.findProteins.handler(({ context, input }) => {
    const { datasets } = context.core.project(input.project);
    const has = datasets.get(input.dataset).modalities.some(({ name }) => name === 'protein');
    return has ? findGenes(datasets.modalityVar(input.dataset, 'protein'), input.query, input.limit) : [];
  }),
  quality: os.datasets.quality.handler(({ context, input }) =>
    datasetQuality(context.core.project(input.project), input.dataset),
  ),
  meanVariance: os.datasets.meanVariance.handler(async ({ context, input }) => {
    const measured = await genesMeanVariance(context.core.project(input.project), input.dataset);
    const nGenes = measured.mean.reduce((count, mean) => count + (mean > 0 ? 1 : 0), 0);
    return { dispersion: commonDispersion(measured), nGenes };
  }),
  geneNames: os.datasets.geneNames.handler(({ context, input }) => [
    ...context.core.project(input.project).datasets.var(input.dataset).names,
  ]),
  keeps: os.datasets.keeps.handler(({ context, input, signal }) =>
    keptByFilter(context.core.project(input.project), input.dataset, input.filter, { signal }),
  ),
  preview: os.datasets.preview.handler(({ context, input: { project, dataset, ...request }, signal }) =>
    preparePreview(context.core.project(project), dataset, request, { signal }),
  ),
  putLabels: os.datasets.putLabels.handler(({ context, input: { project, dataset, ...labels } }) =>
    putLabels(context.core.project(project), dataset, labels),
  ),
  putScale: os.datasets.putScale.handler(({ context, input: { project, dataset, ...scale } }) => {
    const { datasets } = context.core.project(project);
    datasets.putScale(dataset, scale);
    return datasets.get(dataset);
  }),
  removeColumn: os.datasets.removeColumn.handler(({ context, input }) => {
    const { datasets } = context.core.project(input.project);
    datasets.removeObsColumn(input.dataset, input.column);
    return datasets.get(input.dataset);
  }),
  recipePresets: os.datasets.recipePresets.handler(() => [...RECIPE_PRESETS]),
  recipe: os.datasets.recipe.handler(({ context, input }) =>
    context.core.project(input.project).recipes.current(input.dataset),
  ),
  putRecipe: os.datasets.putRecipe.handler(({ context, input }) => {
    const { recipes } = context.core.project(input.project);
    recipes.put(input.dataset, input.recipe);
    return recipes.current(input.dataset);
  }),
  undoRecipe: os.datasets.undoRecipe.handler(({ context, input }) => {
    const { recipes } = context.core.project(input.project);
    recipes.undo(input.dataset);
    return recipes.current(input.dataset);
  }),
  redoRecipe: os.datasets.redoRecipe.handler(({ context, input }) => {
    const { recipes } = context.core.project(input.project);
    recipes.redo(input.dataset);
    return recipes.current(input.dataset);
  }),
};
