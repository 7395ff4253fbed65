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
    id: 'import',
    title: 'Import of a 10x .h5',
    what: 'A Cell Ranger 3 file (PBMC 3k where it is at hand, else a simulated one of the same size) read and stored: ours into a project with checksums and a gene-major copy, the peer into an .h5ad.',
    ours: 'import.ts',
    peer: 'import.py',
    peerName: 'scanpy',
    arguments: [],
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
];
