/** Names of the messages between the window's preload script and the shell; nothing else is listened to. */
export const channels = {
  /** Window asks: a native dialog; answered with the chosen paths. */
  pick: 'lacuna:pick',
  /** Window asks: to be printed into a PDF; answered with its path. */
  savePdf: 'lacuna:save-pdf',
  /** Window says: light, dark or as the system. */
  theme: 'lacuna:theme',
  /** Window says: from now on it takes projects to open. */
  listening: 'lacuna:listening',
  /** Shell says: open the project at this path. */
  openProject: 'lacuna:open-project',
  /** Shell says: run the window's command of this id (the menu was used). */
  command: 'lacuna:command',
} as const;
