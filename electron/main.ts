import { app, dialog } from 'electron';
import { startApplication } from './application.ts';
import { LacunaError } from '../main/errors/lacuna-error.ts';

startApplication(import.meta.dirname).catch((thrown: unknown) => {
  const error = LacunaError.from(thrown);
  dialog.showErrorBox('Lacuna could not start', [error.message, error.remedy].filter(Boolean).join('\n'));
  app.exit(1);
});
