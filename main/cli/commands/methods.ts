import { describeMethod, type MethodDescription } from '../../methods/describe-method.ts';
import { methodInProject } from '../../core/method-in-project.ts';
import { getMethod, methods } from '../../methods/registry.ts';
import type { GlobalOptions } from '../cli-context.ts';
import type { Register } from '../program.ts';
import { textTable } from '../output/text-table.ts';

export const registerMethods: Register = (program, run) => {
  program
    .command('methods')
    .argument('[method]', 'show one method with all its settings')
    .option('--project <file>', 'show the presets that were saved in this project, too')
    .description('list the methods, or the settings of one')
    .action((id: string | undefined, options: GlobalOptions & { project?: string }) =>
      run(options, async (context) => {
        if (id !== undefined) {
          const method =
            options.project === undefined ? getMethod(id) : methodInProject(context.openProject(options.project), id);
          const description = describeMethod(method);
          context.print(description, methodHelp(description));
          return;
        }
        const all = methods.map(describeMethod);
        const rows = all.map((method) => [
          method.id,
          method.title,
          method.question,
          method.presets.map((preset) => preset.id).join(', '),
        ]);
        context.print(
          all,
          `${textTable(['method', 'title', 'for', 'presets'], rows, 9)}\n\nlacuna methods NAME shows the settings of one.`,
        );
      }),
    );
};

function methodHelp(method: MethodDescription): string {
  const settings = method.fields.map((field) => [
    field.key,
    `${String(field.default)}${field.unit === null ? '' : ` ${field.unit}`}`,
    rangeText(field),
    field.label + (field.help === '' ? '' : `: ${field.help}`),
  ]);
  const presets = method.presets.map((preset) => {
    const differing = method.fields
      .filter((field) => JSON.stringify(preset.parameters[field.key]) !== JSON.stringify(field.default))
      .map((field) => `${field.key}=${String(preset.parameters[field.key])}`);
    return `  ${preset.id}: ${preset.description}${differing.length === 0 ? '' : `\n      ${differing.join(' ')}`}`;
  });
  const { paper } = method;
  return [
    `${method.title} (${method.id})`,
    '',
    method.description,
    ...(paper === null
      ? []
      : [
          '',
          `Paper: ${paper.authors} (${paper.year}). ${paper.title}. ${paper.venue}.${paper.doi ? ` doi:${paper.doi}` : ''}`,
        ]),
    '',
    'Presets (the first is the default):',
    ...presets,
    ...(settings.length === 0
      ? []
      : ['', 'Settings (--set key=value):', textTable(['key', 'default', 'range', 'meaning'], settings, 9)]),
  ].join('\n');
}

function rangeText(field: MethodDescription['fields'][number]): string {
  if (field.options !== null) return field.options.join(' | ');
  if (field.type === 'boolean') return 'true | false';
  // A whole number without a stated bound has the largest safe integer as its own; that tells nobody anything.
  const bound = (value: number | null) =>
    value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? '' : String(value);
  const [min, max] = [bound(field.min), bound(field.max)];
  return min === '' && max === '' ? '' : `${min} … ${max}`;
}
