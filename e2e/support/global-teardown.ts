import { rmSync } from 'node:fs';

/** Removes what `global-setup.ts` made. */
export default function globalTeardown(): void {
  const folder = process.env.LACUNA_E2E_DATA;
  if (folder) rmSync(folder, { recursive: true, force: true });
}
