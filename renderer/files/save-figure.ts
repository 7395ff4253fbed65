import { fileRoutes } from '../../main/contract/bulk-routes.ts';
import { core } from '../rpc/client.ts';

/**
 * Writes a figure that the window drew to a place of this computer: a page cannot, so it is handed to the core.
 *
 * @param out path that ends in .png or .svg
 * @returns bytes written
 */
export async function saveFigure(figure: Blob, out: string, overwrite: boolean): Promise<number> {
  const drop = crypto.randomUUID();
  const name = figure.type === 'image/png' ? 'figure.png' : 'figure.svg';
  const response = await fetch(fileRoutes.upload(drop, name), { method: 'PUT', body: figure });
  if (!response.ok) throw new Error(`The figure could not be handed to the core: it answered ${response.status}.`);
  return (await core.files.saveFigure({ drop, name, out, overwrite })).bytes;
}
