/** Kinds of things that a native dialog may choose. */
export type PickKind = 'data' | 'project' | 'labels' | 'folder';

/** What the desktop shell offers beyond a browser; its preload script puts it on the window. */
export interface LacunaShell {
  /** The path of a dropped file or folder; '' where it has none. */
  pathOf(file: File): string;
  /** A native dialog. Answers the chosen paths; none when the person cancelled. */
  pick?(request: { kind: PickKind; title: string; many?: boolean }): Promise<string[]>;
}

declare global {
  interface Window {
    lacunaShell?: LacunaShell;
  }
}

/** The desktop shell, or undefined in a browser. */
export function shell(): LacunaShell | undefined {
  return window.lacunaShell;
}
