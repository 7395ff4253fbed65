import type { StudySpec, StudyTable } from '../../contract/entities/study.ts';
import { CITESEQ_INPUT } from '../../methods/vae/citeseq-presets.ts';
import type { Citation, EpochRecord } from '../../methods/method.ts';
import { chosen, type ReadyStudy, type StudyRow, type StudyRun } from './ready-study.ts';
import { scored, studyTable, timesTable, type FigureColumn } from './study-cells.ts';

const PAPER: Citation = {
  title: 'VAE application to single-cell RNAseq data',
  authors: 'Michalak',
  year: 2025,
  venue: 'Project report',
};

const MODELS = [
  { id: 'M1', title: 'M1', help: '10 latent dimensions, hidden layer of 256.' },
  { id: 'M2', title: 'M2', help: '50 latent dimensions, hidden layer of 256.' },
  { id: 'M3', title: 'M3', help: '100 latent dimensions, hidden layer of 256.' },
  { id: 'M4', title: 'M4', help: '50 latent dimensions, hidden layer of 512.' },
  { id: 'M5', title: 'M5', help: '50 latent dimensions, hidden layer of 1,024.' },
] as const;

/** Section 1 of the paper: counts as they are, scaled by size factor, and the logarithm of that. */
const INPUTS = [
  {
    id: 'log',
    title: 'log',
    help: 'Logarithm of the counts by size factor; the paper calls it “processed”.',
    normalisation: CITESEQ_INPUT,
    isDefault: true,
  },
  {
    id: 'scaled',
    title: 'scaled',
    help: 'Counts by size factor without a logarithm; the paper calls it “preprocessed”.',
    normalisation: { ...CITESEQ_INPUT, log1p: false },
    isDefault: true,
  },
  {
    id: 'raw',
    title: 'raw',
    help: 'Counts as they are. The paper found gradients unstable with these.',
    normalisation: { ...CITESEQ_INPUT, librarySize: 'none', log1p: false },
    isDefault: true,
  },
] as const;

const BETAS = [
  { id: '1', title: 'β = 1', help: 'The plain VAE.', isDefault: true },
  { id: '2', title: 'β = 2', help: 'A smoother latent space.', isDefault: false },
  { id: '4', title: 'β = 4', help: 'Smoother still, with less detail.', isDefault: false },
] as const;

const HEADS = ['Model', 'Input', 'β'];

/** The study of “VAE application to single-cell RNAseq data”: sections 2 and 3. */
export const citeseqVae: ReadyStudy = {
  id: 'citeseq-vae',
  title: 'Sizes and inputs of a VAE',
  description:
    'How large should the latent space and the network be, and how should counts be prepared? Trains five VAEs on three inputs, holds a fifth of the cells out, and shows ELBO, reconstruction, KL divergence and gradients, with pictures by UMAP and PCA to colour by type, donor, batch or site.',
  paper: PAPER,
  needs: [
    'Counts of single cells; the paper used 90,260 bone marrow cells with 5,000 genes in 12 batches (CITE-seq).',
    'A column of known cell types. Columns of donor, batch or site show whether batches mix.',
  ],
  choices: [
    { id: 'model', title: 'Models', values: MODELS.map((model) => ({ ...model, isDefault: true })) },
    {
      id: 'input',
      title: 'Inputs',
      values: INPUTS.map(({ id, title, help, isDefault }) => ({ id, title, help, isDefault })),
    },
    { id: 'beta', title: 'β', values: [...BETAS] },
  ],
  epochs: 50,
  refuses: ({ valueKind }) =>
    valueKind === 'counts' ? null : 'It compares ways to prepare counts, and this dataset has values that are none.',
  runs,
  scoring: { spaces: ['latent', 'umap-2d', 'pca-2d'], clusterings: ['kmeans'], metrics: ['ari', 'nmi'] },
  curves: [
    { term: 'total', title: '−ELBO with β', log: true },
    { term: 'reconstruction', title: 'Reconstruction', log: true },
    { term: 'kl', title: 'KL divergence', log: true },
    { term: 'gradientNorm', title: 'Norm of the gradient', log: true },
  ],
  tables,
};

function runs(spec: StudySpec): StudyRun[] {
  const inputs = INPUTS.filter(({ id }) => chosen(citeseqVae, spec, 'input').includes(id));
  const epochs = spec.epochs === null ? {} : { epochs: spec.epochs };
  return chosen(citeseqVae, spec, 'beta').flatMap((beta) =>
    inputs.flatMap((input) =>
      chosen(citeseqVae, spec, 'model').map((model) => ({
        head: [model, input.title, beta],
        name: `${model} · ${input.title} · β ${beta}`,
        request: {
          method: 'vae',
          preset: model,
          set: { beta: Number(beta), ...epochs },
          normalisation: input.normalisation,
        },
      })),
    ),
  );
}

/** A figure of the last epoch of each run, out of what was trained on or held out. */
function last(part: 'train' | 'heldOut', figure: (terms: Record<string, number>) => number): FigureColumn['figures'] {
  return ({ runs: all, histories }) =>
    all.flatMap(({ id }) => {
      const terms = histories.get(id)?.at(-1)?.[part];
      return terms ? [figure(terms)] : [];
    });
}

function tables(rows: readonly StudyRow[]): StudyTable[] {
  const term = (
    part: 'train' | 'heldOut',
    id: string,
    title: string,
    figure: (terms: Record<string, number>) => number,
  ) => ({
    id: `${id}_${part === 'train' ? 'train' : 'test'}`,
    title: `${title}, ${part === 'train' ? 'train' : 'test'}`,
    higherIsBetter: false,
    digits: null,
    figures: last(part, figure),
  });
  const loss = (terms: Record<string, number>): number => terms.reconstruction + terms.kl;
  const pairs = (id: string, title: string, figure: (terms: Record<string, number>) => number) => [
    term('train', id, title, figure),
    term('heldOut', id, title, figure),
  ];
  const columns: FigureColumn[] = [
    ...pairs('elbo', '−ELBO', loss),
    ...pairs('reconstruction', 'Reconstruction', (terms) => terms.reconstruction),
    ...pairs('kl', 'KL', (terms) => terms.kl).map((column) => ({ ...column, higherIsBetter: null })),
  ];
  return [
    // Losses are in the units of the input, so only models on the same one stand side by side.
    ...INPUTS.map(({ id, title }) =>
      studyTable(
        {
          id: `elbo-${id}`,
          title: `ELBO, reconstruction and KL divergence on ${title} input`,
          note:
            id === 'log'
              ? 'Per cell, of the last epoch; reconstruction is the squared error summed over genes. The paper divides by a factor that it does not state, and its KL of 10⁻⁷ to 10⁻¹² says that its latent spaces carry next to nothing.'
              : '',
          heads: ['Model', 'β'],
        },
        columns,
        rows.filter(({ head }) => head[1] === title).map((row) => ({ ...row, head: [row.head[0], row.head[2]] })),
      ),
    ),
    studyTable(
      {
        id: 'gradients',
        title: 'Gradients',
        note: 'Norm of the gradient of all weights, the largest of a few steps an epoch.',
        heads: HEADS,
      },
      [
        norm('first', 'First epoch', (norms) => norms[0]),
        norm('median', 'Median', median),
        norm('largest', 'Largest', (norms) => Math.max(...norms)),
        norm('last', 'Last epoch', (norms) => norms[norms.length - 1]),
      ],
      rows,
    ),
    studyTable(
      {
        id: 'types',
        title: 'Clusters against the known types',
        note: 'k-means with as many clusters as types, on the latent and on its UMAP.',
        heads: HEADS,
      },
      [
        figure('ari', 'ARI, latent', scored('ari', 'latent')),
        figure('nmi', 'NMI, latent', scored('nmi', 'latent')),
        figure('ari_umap', 'ARI, UMAP', scored('ari', 'umap-2d')),
        figure('nmi_umap', 'NMI, UMAP', scored('nmi', 'umap-2d')),
      ],
      rows,
    ),
    timesTable(HEADS, rows, ''),
  ];
}

function figure(id: string, title: string, figures: FigureColumn['figures']): FigureColumn {
  return { id, title, higherIsBetter: true, digits: 3, figures };
}

function norm(id: string, title: string, of: (norms: number[]) => number): FigureColumn {
  return {
    id,
    title,
    higherIsBetter: null,
    digits: null,
    figures: ({ runs: all, histories }) =>
      all.flatMap(({ id: run }) => {
        const norms = normsOf(histories.get(run) ?? []);
        return norms.length === 0 ? [] : [of(norms)];
      }),
  };
}

function normsOf(history: readonly EpochRecord[]): number[] {
  return history.flatMap(({ train }) => (train.gradientNorm === undefined ? [] : [train.gradientNorm]));
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
