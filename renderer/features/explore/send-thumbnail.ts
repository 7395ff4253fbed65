import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import type { PointsScene } from '../../points/points-scene.ts';

const WIDTH = 320;
const HEIGHT = 200;
const sent = new Set<string>();

/**
 * Gives the project a small picture of what is seen, for the list of recent projects: once per project and launch, when
 * colours had time to come. That it fails is no matter to anyone.
 */
export function sendThumbnail(project: string, scene: PointsScene): void {
  if (sent.has(project)) return;
  sent.add(project);
  setTimeout(() => void send(project, scene).catch(() => sent.delete(project)), 2500);
}

async function send(project: string, scene: PointsScene): Promise<void> {
  if (scene.count === 0 || scene.surface === null) return;
  const full = scene.picture(1);
  const small = document.createElement('canvas');
  small.width = WIDTH;
  small.height = HEIGHT;
  const context = small.getContext('2d');
  if (context === null || full.width === 0) return;
  context.imageSmoothingQuality = 'high';
  // Filled: what hangs over at the long side is mostly margin.
  const factor = Math.max(WIDTH / full.width, HEIGHT / full.height);
  const [width, height] = [full.width * factor, full.height * factor];
  context.drawImage(full, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
  const blob = await new Promise<Blob | null>((resolve) => small.toBlob(resolve, 'image/png'));
  if (blob === null) return;
  await fetch(bulkRoutes.thumbnail(project), { method: 'PUT', headers: { 'content-type': 'image/png' }, body: blob });
}
