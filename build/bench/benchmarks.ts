/** One thing that is timed: a script of ours and a peer's that does the same work. */
export interface Benchmark {
  id: string;
  title: string;
  /** One or two sentences: what exactly is timed, on which data. */
  what: string;
  /** File in `ours/`. */
  ours: string;
  /** File in `peers/`; null where there is no peer. */
  peer: string | null;
  peerName: string;
  /** Handed to both. */
  arguments: string[];
  /** Given for scripts that print several figures (`figures.ts`): what their floor is, or '' where they have none. */
  floorName?: string;
  /** The longest that such a script may take; past it something hangs. 300 when left out. */
  longestSeconds?: number;
}

export const benchmarks: Benchmark[] = [
  {
    id: 'ae-step',
    title: 'Autoencoder training step',
    what: 'One step (forward, backward, Adam) of 13714-128-32-16-6 and back, batch 256, float32, dense input; median of 30 steps after 5.',
    ours: 'ae-step.ts',
    peer: 'ae_step.py',
    peerName: 'PyTorch (CPU)',
    arguments: [],
  },
  {
    id: 'zipo-step',
    title: 'ZiPo training step',
    what: 'One step (likelihood, penalties, gradients, Adam) of ZiPo 512-256-128 with residuals and predicted library size, zero-inflated Poisson, 13,714 genes, 6.2 % nonzero, batch 256; median of 20 steps after 3.',
    ours: 'count-step.ts',
    peer: 'count_step.py',
    peerName: 'PyTorch (CPU)',
    arguments: ['zipo'],
  },
  {
    id: 'zipo-zinb-step',
    title: 'ZiPo-ZINB training step',
    what: 'The same with a zero-inflated negative binomial, dispersion by gene and cell.',
    ours: 'count-step.ts',
    peer: 'count_step.py',
    peerName: 'PyTorch (CPU)',
    arguments: ['zipo-zinb'],
  },
  {
    id: 'zipo-deep-step',
    title: 'ZiPo training step, deep encoder',
    what: 'The same with the encoder that its paper chose, 2048-1024-512-256-128, zero-inflated Poisson.',
    ours: 'count-step.ts',
    peer: 'count_step.py',
    peerName: 'PyTorch (CPU)',
    arguments: ['zipo-deep'],
  },
  {
    id: 'dca-step',
    title: 'DCA training step',
    what: 'One step (likelihood, gradients cut off, RMSprop) of DCA 128-64-128, zero-inflated negative binomial with dispersion by gene and cell, on the same counts.',
    ours: 'count-step.ts',
    peer: 'count_step.py',
    peerName: 'PyTorch (CPU)',
    arguments: ['dca'],
  },
  {
    id: 'import',
    title: 'Import of a 10x .h5',
    what: 'A Cell Ranger 3 file (PBMC 3k where it is at hand, else a simulated one of the same size) read and stored: ours into a project with checksums and a gene-major copy, the peer into an .h5ad.',
    ours: 'import.ts',
    peer: 'import.py',
    peerName: 'scanpy',
    arguments: [],
  },
  {
    id: 'gem-import',
    title: 'Import of a large .gem.gz',
    what: 'A Stereo-seq chip (a real one of 300 × 300 spots where it is at hand, else a made one) laid side by side 25 × 25 and 50 × 50 times, sorted by gene, imported at bin 50 into a project with checksums and a gene-major copy.',
    ours: 'gem-import.ts',
    peer: null,
    peerName: '',
    arguments: [],
    floorName: '',
    longestSeconds: 3600,
  },
  {
    id: 'scale',
    title: 'A section as large as mouse embryo E16.5',
    what: 'Simulated tissue of 26,159 genes, 9 % nonzero: .h5ad imported into a project, SUICA (preset lacuna, three epochs a stage) trained on 80 % of the spots, the others predicted and scored, denoised values exported as .h5ad. Epochs are those of all spots.',
    ours: 'scale.ts',
    peer: null,
    peerName: '',
    arguments: [],
    floorName: '',
    longestSeconds: 4 * 3600,
  },
  {
    id: 'zipo-scale',
    title: 'ZiPo at the size of a liver atlas',
    what: 'Simulated cells at the size of the Liver set of its paper, 68,100 × 19,536, 9 % nonzero: .h5ad imported into a project, one epoch of ZiPo with the encoder 2048-1024-512-256-128.',
    ours: 'zipo-scale.ts',
    peer: null,
    peerName: '',
    arguments: [],
    floorName: '',
    longestSeconds: 2 * 3600,
  },
  {
    id: 'umap',
    title: 'UMAP',
    what: '20,000 observations × 32 dimensions (10 Gaussian clusters), 15 neighbours, two threads, from the matrix to 2-D coordinates.',
    ours: 'umap.ts',
    peer: 'umap_learn.py',
    peerName: 'umap-learn',
    arguments: [],
  },
  {
    id: 'gene',
    title: 'One gene over 120,000 observations',
    what: 'A gene of a 120,000 × 2,000 matrix (9 % nonzero) from the file to a dense array, median over 50 genes: ours from the project, the peer from a gzip-compressed backed .h5ad stored by gene.',
    ours: 'gene.ts',
    peer: 'gene.py',
    peerName: 'anndata, backed',
    arguments: [],
  },
  {
    id: 'worker-start',
    title: 'Start of a compute worker',
    what: 'From nothing to a process that has loaded its tensor library and multiplied two matrices.',
    ours: 'worker-start.ts',
    peer: 'worker_start.py',
    peerName: 'Python + PyTorch',
    arguments: [],
  },
  {
    id: 'points',
    title: 'Points on the screen',
    what: 'A picture of 1000 × 800 pixels in a real browser under the policy of the window, built as the window is; medians of 5, frames of a real drag with the mouse. The floor draws the same points as discs of the same size, and searches by looking at every point.',
    ours: 'points.ts',
    peer: null,
    peerName: '',
    floorName: 'bare WebGL2 program',
    arguments: [],
  },
  {
    id: 'gene-switch',
    title: 'Another gene in Explore at 120,000 cells',
    what: 'The real application with a project of 120,000 cells × 300 genes and a PCA run; genes are chosen in “Colour by”. From the bytes being read in the page until every pixel is drawn.',
    ours: 'gene-switch.ts',
    peer: null,
    peerName: '',
    floorName: '',
    arguments: [],
  },
  {
    id: 'responsive',
    title: 'The window while work is done',
    what: 'The real application with its workers: the longest task that kept the page busy, and the longest answer of the handler.',
    ours: 'responsive.ts',
    peer: null,
    peerName: '',
    floorName: '',
    arguments: [],
  },
  {
    id: 'cold-start',
    title: 'Start of Lacuna in a browser',
    what: 'From starting the process until the first button of the Start screen can be clicked.',
    ours: 'cold-start.ts',
    peer: null,
    peerName: '',
    floorName: '',
    arguments: [],
  },
];
