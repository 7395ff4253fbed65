import type { Inspection } from '../../formats/format-reader.ts';
import { parseAssignment, type GlobalOptions } from '../cli-context.ts';
import { formatBytes, formatCount, formatPercent } from '../output/number-format.ts';
import type { Register } from '../program.ts';

export const registerInspect: Register = (program, run) => {
  program
    .command('inspect')
    .argument('<path>', 'file or folder')
    .argument('[option=value...]', 'import options of the format')
    .option('--format <id>', 'take the file for this format instead of finding out')
    .description('show what is in a file or folder, without storing anything')
    .action((path: string, assignments: string[], options: GlobalOptions & { format?: string }) =>
      run(options, async (context) => {
        const inspection = await context.core.inspect(path, {
          format: options.format,
          options: Object.fromEntries(assignments.map(parseAssignment)),
        });
        context.print(inspection, inspectionText(inspection));
      }),
    );
};

/** What was found, as a person reads it before an import. */
export function inspectionText(found: Inspection): string {
  const values = {
    counts: 'counts (whole numbers)',
    nonnegative: 'not counts: fractions, none negative',
    real: 'not counts: negative values occur',
  }[found.valueKind];
  const lines = [
    `${found.title}, ${formatBytes(found.fileBytes)}`,
    `  ${formatCount(found.nObs)} cells × ${formatCount(found.nVar)} genes, ${formatCount(found.nnz)} nonzero (${formatPercent(found.density)})`,
    `  values: ${values}${found.valuesSampled < found.nnz ? ` (judged from ${formatCount(found.valuesSampled)} entries)` : ''}`,
  ];
  for (const { name, nVar, examples } of found.modalities)
    lines.push(`  ${name}: ${formatCount(nVar)} found (${examples.join(', ')}${nVar > examples.length ? ' …' : ''})`);
  if (found.layers.length > 0) lines.push(`  layers: ${found.layers.join(', ')}`);
  if (found.obsm.length > 0) {
    lines.push(
      `  coordinates and embeddings: ${found.obsm.map((array) => `${array.name} (${array.nDim}-D)`).join(', ')}`,
    );
  }
  if (found.spatial) lines.push(`  tissue: ${tissueText(found.spatial)}`);
  if (found.obsColumns.length > 0) {
    lines.push(
      `  annotations: ${found.obsColumns.map((column) => (column.nCategories === null ? column.name : `${column.name} (${column.nCategories} categories)`)).join(', ')}`,
    );
  }
  for (const choice of found.choices) {
    const head = `  choice ${choice.key}=${choice.default}: ${choice.label}`;
    // Labels of numbers to choose from say what each makes of the file.
    if (choice.kind === 'one-of-or-number')
      lines.push(`${head}, one of these or any whole number`, ...choice.options.map(({ label }) => `    ${label}`));
    else lines.push(`${head} (${valuesText(choice.options.map((option) => option.value))})`);
  }
  for (const warning of found.warnings) lines.push(`  note: ${warning}`);
  return lines.join('\n');
}

/** The values of a choice; of the many columns of a table the first and what is not a column. */
function valuesText(values: string[]): string {
  if (values.length <= 10) return values.join(' | ');
  return `${values.slice(0, 6).join(' | ')} … ${values.length - 7} more … ${values.at(-1)}`;
}

/** Scale, spots, images and borders of a tissue section. */
function tissueText(tissue: NonNullable<Inspection['spatial']>): string {
  const { micrometresPerUnit: scale, spotSize, images, hasBorders } = tissue;
  const short = (value: number) => String(Number(value.toPrecision(3)));
  const parts = [
    scale === null ? 'scale unknown' : `1 unit is ${short(scale)} µm`,
    spotSize === null
      ? null
      : `spots of ${short(spotSize)} units${scale === null ? '' : ` (${short(spotSize * scale)} µm)`}`,
    ...images.map(({ name, width, height }) => `image ${name} (${width} × ${height})`),
    hasBorders ? 'borders of cells' : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
