import { chooseDataset } from '../../core/choose.ts';
import { datasetQuality, keptByFilter } from '../../core/dataset-quality.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { describeRecipe } from '../../preprocess/describe-recipe.ts';
import { filterSchema, type Filter } from '../../preprocess/recipe.ts';
import { parseNumber, parseWhole, type GlobalOptions } from '../cli-context.ts';
import type { Register } from '../program.ts';

interface PrepareOptions extends GlobalOptions {
  project: string;
  dataset?: string;
  suggested?: boolean;
  minCounts?: string;
  maxCounts?: string;
  minGenes?: string;
  maxGenes?: string;
  maxMito?: string;
  minCells?: string;
  none?: boolean;
  undo?: boolean;
  redo?: boolean;
}

export const registerPrepare: Register = (program, run) => {
  program
    .command('prepare')
    .requiredOption('--project <file>', 'project file')
    .option('--dataset <number>', 'dataset; the newest when left out')
    .option('--suggested', 'the thresholds that `quality` suggests')
    .option('--min-counts <number>', 'counts per cell, at least')
    .option('--max-counts <number>', 'counts per cell, at most')
    .option('--min-genes <number>', 'genes per cell, at least')
    .option('--max-genes <number>', 'genes per cell, at most')
    .option('--max-mito <percent>', 'mitochondrial share, at most')
    .option('--min-cells <number>', 'cells per gene, at least')
    .option('--none', 'keep every cell and gene')
    .option('--undo', 'take the last change back')
    .option('--redo', 'put it in force again')
    .description(
      'choose the cells and genes that runs use; raw counts are always kept (how values are scaled comes with each preset)',
    )
    .action((options: PrepareOptions) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const wanted = options.dataset === undefined ? undefined : parseWhole('--dataset', options.dataset, 1);
        const dataset = chooseDataset(project, wanted);
        const { recipe, canUndo, canRedo } = project.recipes.current(dataset.id);
        if (options.undo) {
          if (!canUndo) throw new LacunaError('bad-request', 'There is no change of the filters to take back.', '');
          project.recipes.undo(dataset.id);
        } else if (options.redo) {
          if (!canRedo)
            throw new LacunaError('bad-request', 'There is no change of the filters to put in force again.', '');
          project.recipes.redo(dataset.id);
        } else {
          let filter: Filter = options.none ? filterSchema.parse({}) : recipe.filter;
          if (options.suggested) filter = (await datasetQuality(project, dataset.id)).suggestion.filter;
          const changed = withLimits(filter, options);
          const effect = await keptByFilter(project, dataset.id, changed);
          if (effect.obs.kept === 0 || effect.var.kept === 0) {
            throw new LacunaError(
              'bad-option',
              `This filter ${effect.obs.sentence} and ${effect.var.sentence}.`,
              'Loosen a limit; `lacuna quality` shows the spread.',
            );
          }
          if (JSON.stringify(changed) !== JSON.stringify(recipe.filter))
            project.recipes.put(dataset.id, { ...recipe, filter: changed });
        }
        const inForce = project.recipes.current(dataset.id);
        const effect = await keptByFilter(project, dataset.id, inForce.recipe.filter);
        const filterLines = describeRecipe({
          ...inForce.recipe,
          normalisation: { librarySize: 'none', log1p: false, variableGenes: null, scale: 'none', clip: null },
        });
        context.print(
          { dataset: dataset.id, revision: inForce.revision, filter: inForce.recipe.filter, kept: effect },
          [...filterLines, `This ${effect.obs.sentence} and ${effect.var.sentence}.`].join('\n'),
        );
      }),
    );
};

/** The filter with the limits that the command names; 'none' lifts one. */
function withLimits(filter: Filter, options: PrepareOptions): Filter {
  const limit = (name: string, text: string | undefined, old: number | null) =>
    text === undefined ? old : text === 'none' ? null : parseNumber(name, text);
  const changed = {
    obs: {
      minCounts: limit('--min-counts', options.minCounts, filter.obs.minCounts),
      maxCounts: limit('--max-counts', options.maxCounts, filter.obs.maxCounts),
      minGenes: limit('--min-genes', options.minGenes, filter.obs.minGenes),
      maxGenes: limit('--max-genes', options.maxGenes, filter.obs.maxGenes),
      maxMitoPercent: limit('--max-mito', options.maxMito, filter.obs.maxMitoPercent),
    },
    var: { ...filter.var, minCells: limit('--min-cells', options.minCells, filter.var.minCells) },
  };
  const parsed = filterSchema.safeParse(changed);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LacunaError('bad-option', `${issue.path.join('.')}: ${issue.message}.`, 'See lacuna prepare --help.');
}
