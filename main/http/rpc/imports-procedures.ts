import { resolve } from 'node:path';
import { previewImport } from '../../core/import-preview.ts';
import { previewLabels } from '../../core/labels-preview.ts';
import { previewProteins } from '../../core/proteins/proteins-preview.ts';
import { os } from './implementer.ts';

/** Looking into files, and bringing them into a project. */
export const imports = {
  inspect: os.imports.inspect.handler(({ context, input, signal }) =>
    context.core.inspect(input.path, { format: input.format, options: input.options, signal }),
  ),
  preview: os.imports.preview.handler(({ input, signal }) =>
    previewImport(resolve(input.path), { format: input.format, options: input.options }, { signal }),
  ),
  labels: os.imports.labels.handler(({ input, signal }) =>
    previewLabels(
      resolve(input.path),
      resolve(input.labels),
      { format: input.format, options: input.options },
      { signal },
    ),
  ),
  proteins: os.imports.proteins.handler(({ input, signal }) =>
    previewProteins(
      resolve(input.path),
      resolve(input.proteins),
      { format: input.format, options: input.options },
      { signal },
    ),
  ),
  start: os.imports.start.handler(({ context, input }) => {
    const { path, labels, proteins, ...request } = input;
    const project = context.core.project(input.project);
    context.recent.add(project.path, project.info().title);
    const job = context.core.importInto(project, {
      ...request,
      paths: [path],
      labelsPath: labels,
      proteinPath: proteins,
    });
    return { job: job.id };
  }),
};
