import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import type { PointsScene } from '../../points/points-scene.ts';

const WIDTH = 320;
const HEIGHT = 200;
/** Milliseconds until colours had time to come, and between two tries. */
const WAIT = 2500;
const MOST_TRIES = 8;
const sent = new Set<string>();

/**
 * Gives the project a small picture of what is seen, for the list of recent projects: once per project and launch, when
 * colours had time to come. A scene that left the screen or is still blank sends nothing, and the next one may. That it
 * fails is no matter to anyone.
 */
export function sendThumbnail(project: string, scene: PointsScene): void {
  if (sent.has(project)) return;
  sent.add(project);
  let tries = 0;
  const attempt = (): void => {
    requestAnimationFrame(() => {
      send(project, scene)
        .then((isDone) => {
          if (isDone) return;
          if (scene.isDisposed || ++tries >= MOST_TRIES) sent.delete(project);
          else setTimeout(attempt, WAIT);
        })
        .catch(() => sent.delete(project));
    });
  };
  setTimeout(attempt, WAIT);
}

/** @returns false where there was nothing to be seen */
async function send(project: string, scene: PointsScene): Promise<boolean> {
  if (scene.isDisposed || scene.count === 0 || scene.surface === null) return false;
  const full = scene.picture(1);
  const small = document.createElement('canvas');
  small.width = WIDTH;
  small.height = HEIGHT;
  const context = small.getContext('2d');
  if (context === null || full.width === 0) return false;
  context.imageSmoothingQuality = 'high';
  // Filled: what hangs over at the long side is mostly margin.
  const factor = Math.max(WIDTH / full.width, HEIGHT / full.height);
  const [width, height] = [full.width * factor, full.height * factor];
  context.drawImage(full, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
  if (isBlank(context.getImageData(0, 0, WIDTH, HEIGHT).data)) return false;
  const blob = await new Promise<Blob | null>((resolve) => small.toBlob(resolve, 'image/png'));
  if (blob === null) return false;
  const body = { method: 'PUT', headers: { 'content-type': 'image/png' }, body: blob };
  return (await fetch(bulkRoutes.thumbnail(project), body)).ok;
}

/** Colours nearer than this, summed over red, green, blue and opacity, are the same ground. */
const SAME = 24;
/** Points fill more of a picture than this. */
const LEAST_SHARE = 0.001;

/** True for a picture of one colour, or of nothing. @param pixels RGBA */
export function isBlank(pixels: Uint8ClampedArray): boolean {
  let different = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    let distance = 0;
    for (let channel = 0; channel < 4; channel++) distance += Math.abs(pixels[at + channel] - pixels[channel]);
    if (distance > SAME) different++;
  }
  return different <= (pixels.length / 4) * LEAST_SHARE;
}
