/** How a worker process ended. */
export interface WorkerExit {
  /** Exit status; null when a signal ended it. */
  code: number | null;
  /** 'SIGKILL', 'SIGSEGV' …; null when it ended by itself. */
  signal: string | null;
  /** The last lines that it wrote to its standard error. */
  stderr: string;
}

/** A running worker process as its supervisor sees it: two directions of plain JSON, and its end. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Silently dropped when the process is gone; its exit tells. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process could not be started. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends it at once, without asking. */
  kill(): void;
}

/** Starts worker processes: a child process under Node, a utility process under Electron. */
export interface WorkerLauncher {
  launch(): WorkerProcess;
}
