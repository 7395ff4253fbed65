import type { Method } from '../methods/method.ts';
import { getMethod, methods } from '../methods/registry.ts';
import type { Project } from '../projects/project.types.ts';

/** A method with the presets that were saved in this project, behind its own. @throws LacunaError `not-found` */
export function methodInProject(project: Pick<Project, 'presets'>, id: string): Method {
  return withSaved(project, getMethod(id));
}

/** Every method as this project knows it. */
export function methodsInProject(project: Pick<Project, 'presets'>): Method[] {
  return methods.map((method) => withSaved(project, method));
}

function withSaved(project: Pick<Project, 'presets'>, method: Method): Method {
  const saved = project.presets.list(method.id);
  return saved.length === 0 ? method : { ...method, presets: [...method.presets, ...saved] };
}
