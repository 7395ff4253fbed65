import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { NumberColouring } from '../../../export/figures/embedding-figure.ts';
import { createDenoisedReader } from '../../../methods/denoised/denoised-reader.ts';
import type { RunInfo } from '../../../projects/project.types.ts';
import type { JobContext } from '../job-context.ts';
import { loadExpression } from '../load-expression.ts';

/**
 * One gene over the observations of a run, as measured or denoised, on the logarithmic scale log(1 + counts scaled to
 * library size).
 *
 * @throws LacunaError `not-found` when the dataset has no such gene, or the run did not keep it
 */
export async function geneColour(
  context: JobContext,
  run: RunInfo,
  gene: string,
  denoised: boolean,
): Promise<NumberColouring> {
  const { project } = context;
  const variable = project.datasets.var(run.datasetId).names.indexOf(gene);
  if (variable < 0)
    throw new LacunaError(
      'not-found',
      `This dataset has no gene "${gene}".`,
      'Check the spelling; upper and lower case matter.',
    );
  const data = await loadExpression(project, run, context);
  const rows = Uint32Array.from({ length: data.nObs }, (_, i) => i);
  if (denoised) {
    const position = data.varIndex.indexOf(variable);
    if (position < 0)
      throw new LacunaError(
        'not-found',
        `${run.name} did not keep the gene "${gene}", so it has no denoised values of it.`,
        'Choose a recipe that keeps it, or show it as measured.',
      );
    const values = createDenoisedReader(project.runs.denoised(run.id), data).gene(position);
    data.undo(values, rows, 'log', [position]);
    return { kind: 'numeric', label: `${gene}, denoised`, unit: 'log(1 + x)', values };
  }
  const counts = project.datasets.gene(run.datasetId, variable);
  const { factor } = data.undoFacts;
  return {
    kind: 'numeric',
    label: gene,
    unit: 'log(1 + x)',
    values: Float32Array.from(data.obsIndex, (obs, row) => Math.log1p(counts[obs] * factor[row])),
  };
}
