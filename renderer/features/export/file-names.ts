import type { FigureKind, What } from './export-options.ts';

/** A name that every system takes, in lower case with dashes: 'pbmc-3k-autoencoder-ae-paper-seed-1'. */
export function plainName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/β/g, 'beta')
    .replace(/[^\w\s.-]/g, ' ')
    .trim()
    .replace(/[\s_.-]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 80);
  return plain === '' ? 'export' : plain;
}

/** The name suggested for an export: what it is of, then what it is. */
export function suggestedName(what: What, of: string, ending: string, figure: FigureKind = 'embedding'): string {
  const kind = {
    denoised: 'denoised',
    latent: 'latent',
    embedding: 'embedding',
    clusters: 'clusters',
    scores: 'scores',
    compressed: 'counts',
    figure,
    report: ending === '.json' ? 'settings' : ending === '.html' ? 'report' : 'methods',
  }[what];
  return `${plainName(of)}-${kind}${ending}`;
}

/** The last part of a path, on any system. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** The folder that holds the path. */
export function folderOf(path: string): string {
  const folder = path.slice(0, path.length - baseName(path).length);
  // A root keeps its slash.
  return /^(?:[a-z]:)?[\\/]$/i.test(folder) ? folder : folder.slice(0, -1);
}

/** The path with another last part. */
export function withBaseName(path: string, name: string): string {
  return path.slice(0, path.length - baseName(path).length) + name;
}

/** With the ending of the format; one that is there already is not doubled, another known one is replaced. */
export function withEnding(name: string, ending: string): string {
  const stem = name.replace(/\.(h5ad|h5|csv|tsv|json|tex|svg|png|md|html|lcz)$/i, '');
  return `${stem}${ending}`;
}
