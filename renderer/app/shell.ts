/** Kinds of things that a native dialog may choose. */
export type PickKind = 'data' | 'project' | 'labels' | 'folder';

/** What the desktop shell offers beyond a browser; its preload script puts it on the window. */
export interface LacunaShell {
  /** The path of a dropped file or folder; '' where it has none. */
  pathOf(file: File): string;
  /** A native dialog. Answers the chosen paths; none when the person cancelled. */
  pick?(request: { kind: PickKind; title: string; many?: boolean }): Promise<string[]>;
  /**
   * Prints the window, as its print style shows it, into a PDF where the person says. Answers its path; null when the
   * person cancelled.
   */
  savePdf?(request: { title: string; name: string }): Promise<string | null>;
  /** Gives the window's frame, menus and dialogs the colours that were chosen. */
  setTheme?(choice: 'system' | 'light' | 'dark'): void;
  /** Hears of project files that the system wants opened, also of those that came before. */
  onOpenProject?(listener: (path: string) => void): void;
  /** Hears of commands that were chosen in the menu, by their ids. */
  onCommand?(listener: (id: string) => void): void;
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
