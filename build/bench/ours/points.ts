/**
 * Draws 120,000 and 1,000,000 points, and spots over an image, with the window's view and with a bare WebGL2 program;
 * prints the figures.
 */
import type { Page } from '@playwright/test';
import type { Figure } from '../figures.ts';
import type { MeasuredPage } from '../pages/measured-page.ts';
import { drawnWith, startBrowser } from '../window/measured-browser.ts';
import { middle } from '../window/middle.ts';
import { servePages } from '../window/page-server.ts';

const PAN_FRAMES = 30;
const PAN_SECONDS = 20;

const server = await servePages();
const browser = await startBrowser();
try {
  const figures: Figure[] = [];
  let renderer = '';
  for (const n of [120_000, 1_000_000]) {
    const floor = await measure('floor', n);
    const ours = await measure('points', n);
    if (ours.nInside !== floor.nInside)
      throw new Error(`the lasso holds ${ours.nInside} points here and ${floor.nInside} there`);
    renderer = ours.renderer;
    const of = `${n.toLocaleString('en')} points: `;
    const add = (name: string, lacuna: number, least?: number): unknown =>
      figures.push({ name: of + name, unit: 'ms', lacuna, floor: least });
    add('first picture', ours.firstPicture, floor.firstPicture);
    add('categories → gene, drawn', middle(ours.recolour), middle(floor.recolour));
    add('frame while panning, median', middle(ours.frameTimes), middle(floor.frameTimes));
    add('frame while panning, worst', Math.max(...ours.frameTimes), Math.max(...floor.frameTimes));
    add('lasso of 60 corners: which points', middle(ours.inside), middle(floor.inside));
    if (ours.lasso !== null) add('lasso, from letting go to the drawn selection', ours.lasso);
    add('point under the cursor, first', ours.firstPick, floor.firstPick);
    add('point under the cursor, then', ours.pick, floor.pick);
  }
  const onFloor = await measure('floor', 120_000, '&section');
  const onImage = await measure('points', 120_000, '&section');
  const what = '120,000 spots of their true size over an image of 2,000 × 2,000 pixels: ';
  const compare = (name: string, of: (page: typeof onImage) => number): unknown =>
    figures.push({ name: what + name, unit: 'ms', lacuna: of(onImage), floor: of(onFloor) });
  compare('categories → gene, drawn', ({ recolour }) => middle(recolour));
  compare('frame while panning, median', ({ frameTimes }) => middle(frameTimes));
  compare('frame while panning, worst', ({ frameTimes }) => Math.max(...frameTimes));
  console.log(JSON.stringify({ figures, note: `${drawnWith(browser)} Renderer: ${renderer}.` }));
} finally {
  await browser.close();
  server.close();
}

async function measure(
  name: 'points' | 'floor',
  n: number,
  more = '',
): Promise<MeasuredPage & { frameTimes: number[] }> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  try {
    // The page's own code does the rest: what is handed in from here is not under its policy.
    await page.goto(`${server.origin}/${name}.html?n=${n}${more}`);
    await page
      .waitForFunction(() => window.measured !== undefined, undefined, { timeout: 60_000 })
      .catch((thrown: Error) => {
        throw new Error(`${name}, ${n} points: ${faults.join(' ') || thrown.message}`);
      });
    const frameTimes = await pan(page);
    if (name === 'points') await lasso(page);
    const measured = await page.evaluate(() => window.measured!);
    if (faults.length > 0) throw new Error(`${name}, ${n} points: ${faults.join(' ')}`);
    return { ...measured, frameTimes };
  } finally {
    await page.close();
  }
}

/** Drags with the mouse, and tells how long each frame was on the screen before the next. */
async function pan(page: Page): Promise<number[]> {
  const nFrames = (): Promise<number> => page.evaluate(() => window.measured!.frames.length);
  await page.mouse.move(500, 400);
  await page.mouse.down();
  const before = await nFrames();
  const until = performance.now() + 1000 * PAN_SECONDS;
  for (let i = 0; performance.now() < until; i++) {
    await page.mouse.move(500 + 150 * Math.sin(i / 8), 400 + 100 * Math.sin(i / 5));
    if (i % 10 === 9 && (await nFrames()) - before > PAN_FRAMES) break;
  }
  const frames = await page.evaluate(() => window.measured!.frames);
  await page.mouse.up();
  // The first frames still fill the pipeline.
  const counted = frames.slice(before + 3);
  return counted.slice(1).map((time, i) => time - counted[i]);
}

/** Shift and drag, as a person selects. */
async function lasso(page: Page): Promise<void> {
  await page.keyboard.down('Shift');
  await page.mouse.move(700, 400);
  await page.mouse.down();
  for (let i = 1; i <= 24; i++)
    await page.mouse.move(500 + 200 * Math.cos((i * Math.PI) / 12), 400 + 200 * Math.sin((i * Math.PI) / 12));
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.waitForFunction(() => window.measured!.lasso !== null, undefined, { timeout: 20_000 });
}
