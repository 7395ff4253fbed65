import type { StudySpec, StudyTable } from '../../contract/entities/study.ts';
import { REPORT } from '../../methods/autoencoder/report.ts';
import { chosen, type ReadyStudy, type StudyRow, type StudyRun } from './ready-study.ts';
import { scored, studyTable, timesTable, type FigureColumn } from './study-cells.ts';

const METHODS = [
  { id: 'ae', title: 'Autoencoder', help: 'Squeezes each cell into a few numbers.' },
  { id: 'vae', title: 'β-VAE', help: 'The same with a cloud of probability for each cell.' },
  { id: 'vsc', title: 'β-VSC', help: 'The same with dimensions that a cell can switch off.' },
] as const;

const PRESETS = [
  { id: 'paper', title: 'as printed', help: 'The settings that the report prints: six latent dimensions, 200 epochs.' },
  { id: 'code', title: 'as in its code', help: 'Wider networks, and β = 1 for β-VSC. Several times as slow.' },
  { id: 'lacuna', title: 'recommended', help: 'The same methods with what is known to work better.' },
] as const;

/** k-means on the 2-D t-SNE; the geometric mean of the entropies in NMI, as in its code (section 3.3, figure). */
const PUBLISHED = [
  { head: ['Autoencoder', 'published'], figures: { nmi_geometric: 0.721, ari: 0.58 } },
  { head: ['β-VAE', 'published'], figures: { nmi_geometric: 0.609, ari: 0.44 } },
  { head: ['β-VSC', 'published'], figures: { nmi_geometric: 0.646, ari: 0.465 } },
];

const HEADS = ['Method', 'Settings'];

/** The whole of “Variational autoencoders for single-cell transcriptomics data”: section 3. */
export const pbmc3kReport: ReadyStudy = {
  id: 'pbmc3k-report',
  title: 'Three autoencoders on blood cells',
  description:
    'Which autoencoder finds the cell types best? Trains the autoencoder, the β-VAE and the β-VSC of the report, pictures each latent space by t-SNE in two and three dimensions, and compares clusters with the known types.',
  paper: REPORT,
  needs: [
    'Counts of single cells; the report used 2,638 blood cells with 13,714 genes (PBMC 3k).',
    'A column of known cell types.',
  ],
  choices: [
    { id: 'method', title: 'Methods', values: METHODS.map((method) => ({ ...method, isDefault: true })) },
    {
      id: 'preset',
      title: 'Settings',
      values: PRESETS.map((preset) => ({ ...preset, isDefault: preset.id !== 'code' })),
    },
  ],
  epochs: 200,
  refuses: () => null,
  runs,
  scoring: {
    spaces: ['latent', 'tsne-2d', 'tsne-3d'],
    clusterings: ['kmeans'],
    metrics: ['nmi', 'ari', 'homogeneity', 'completeness'],
    // Section 3: t-SNE with perplexity 40.
    pictures: { tsne: { perplexity: 40 } },
  },
  curves: [
    { term: 'total', title: 'Loss', log: false },
    { term: 'kl', title: 'KL divergence', log: false },
    { term: 'gradientNorm', title: 'Norm of the gradient', log: true },
  ],
  tables,
};

function runs(spec: StudySpec): StudyRun[] {
  const presets = PRESETS.filter(({ id }) => chosen(pbmc3kReport, spec, 'preset').includes(id));
  const methods = METHODS.filter(({ id }) => chosen(pbmc3kReport, spec, 'method').includes(id));
  const set = spec.epochs === null ? {} : { epochs: spec.epochs };
  return [
    ...presets.flatMap((preset) =>
      methods.map((method) => ({
        head: [method.title, preset.title],
        name: `${method.title} · ${preset.title}`,
        request: { method: method.id, preset: preset.id, set },
      })),
    ),
    {
      head: ['PCA', 'floor'],
      name: 'PCA · floor',
      request: { method: 'pca', preset: 'lacuna', set: {} },
      reference: true,
    },
  ];
}

function tables(rows: readonly StudyRow[]): StudyTable[] {
  return [
    studyTable(
      {
        id: 'tsne-2d',
        title: 'k-means on the 2-D t-SNE of the latent',
        note: 'What the report prints. Its NMI divides by the geometric mean of the entropies; NMI without a word is the arithmetic mean, as in scikit-learn today.',
        heads: HEADS,
      },
      figuresIn('tsne-2d'),
      rows,
      PUBLISHED,
    ),
    studyTable(
      {
        id: 'latent',
        title: 'k-means on the latent itself',
        note: 'Without the picture in between, which adds a chance of its own.',
        heads: HEADS,
      },
      figuresIn('latent'),
      rows,
    ),
    studyTable(
      { id: 'tsne-3d', title: 'k-means on the 3-D t-SNE', note: '', heads: HEADS },
      figuresIn('tsne-3d'),
      rows,
    ),
    timesTable(
      HEADS,
      rows,
      'The report took 3–5 minutes for the autoencoder, 17–25 for the variational ones, over 20 for β-VSC (Core i7, 8th generation).',
    ),
  ];
}

function figuresIn(space: string): FigureColumn[] {
  const of = (id: string, title: string, metric = id): FigureColumn => ({
    id,
    title,
    higherIsBetter: true,
    digits: 3,
    figures: scored(metric, space),
  });
  const homogeneity = scored('homogeneity', space);
  const completeness = scored('completeness', space);
  return [
    {
      ...of('nmi_geometric', 'NMI (geometric)'),
      // I / √(H(U) H(V)) is the geometric mean of I / H(U) and I / H(V), which are homogeneity and completeness.
      figures: (row) => homogeneity(row).map((value, i) => Math.sqrt(value * completeness(row)[i])),
    },
    of('nmi', 'NMI'),
    of('ari', 'ARI'),
    of('homogeneity', 'HOM'),
    of('completeness', 'COM'),
  ];
}
