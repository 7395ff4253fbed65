import { LacunaError } from '../../errors/lacuna-error.ts';
import type { BaseSpace } from '../job-spec.ts';

/** A space in which observations are clustered and scored. */
export interface NamedSpace {
  /** As it is written: `latent`, `tsne-2d`, `denoised-umap-3d` … */
  name: string;
  base: BaseSpace;
  /** The picture of the base space; null for the base space itself. */
  picture: { method: 'pca' | 'umap' | 'tsne'; nDim: 2 | 3 } | null;
}

const FORM = /^(?:(latent|denoised|data)-)?(pca|umap|tsne)-([23])d$/;

/** Whether it names a space in which observations are clustered: figures of held-out entries have places of their own. */
export function isSpace(name: string): boolean {
  return name === 'latent' || name === 'denoised' || name === 'data' || FORM.test(name);
}

/**
 * Reads the name of a space: `latent`, `denoised` or `data`, or a picture of one as `umap-2d` (of the latent) or
 * `denoised-tsne-3d`.
 *
 * @throws LacunaError `bad-option`
 */
export function parseSpace(name: string): NamedSpace {
  if (name === 'latent' || name === 'denoised' || name === 'data') return { name, base: name, picture: null };
  const found = FORM.exec(name);
  if (!found) {
    throw new LacunaError(
      'bad-option',
      `"${name}" is not a space; expected latent, denoised or data, or a picture of one as tsne-2d, umap-3d, denoised-pca-2d.`,
      'Correct the name of the space.',
    );
  }
  const base = (found[1] ?? 'latent') as BaseSpace;
  const method = found[2] as 'pca' | 'umap' | 'tsne';
  const nDim = Number(found[3]) as 2 | 3;
  return {
    name: base === 'latent' ? `${method}-${nDim}d` : `${base}-${method}-${nDim}d`,
    base,
    picture: { method, nDim },
  };
}
