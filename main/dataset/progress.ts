/** A step of a long job as a person sees it. `fraction` is null while the end is not known. */
export interface Progress {
  /** 'Reading counts', 'Building the gene index' … */
  stage: string;
  fraction: number | null;
  /** Seconds left by the current pace; null while unknown. */
  etaSeconds?: number | null;
  /** Anything else worth showing: losses by term, epoch, cells per second. */
  detail?: Record<string, unknown>;
}

/** What every long operation takes: how to say how far it is, and how it hears that it should stop. */
export interface LongTask {
  signal?: AbortSignal;
  report?: (progress: Progress) => void;
  /** Folder on a disk with room for large temporary files; the system's own when left out. */
  scratchFolder?: string;
}
