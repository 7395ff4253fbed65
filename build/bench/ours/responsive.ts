/** Works in the real application while a training, an import and a UMAP run; prints the longest waits. */
import type { Page } from '@playwright/test';
import type { Figure } from '../figures.ts';
import { coreClient, jobDone } from '../window/core-client.ts';
import { pollHandler } from '../window/handler-poll.ts';
import { drawnWith } from '../window/measured-browser.ts';
import { simulatedFile, workProject } from '../window/made-projects.ts';
import { openWindow } from '../window/open-window.ts';

interface LongTask {
  start: number;
  duration: number;
}
declare global {
  interface Window {
    longTasks?: LongTask[];
  }
}

const LONGEST_TASK = 100;
const LONGEST_ANSWER = 200;

const file = await simulatedFile();
const { browser, page, address, close } = await openWindow(await workProject(), watch);
const core = coreClient(address);
const poll = pollHandler(core);
const figures: Figure[] = [];
try {
  const [{ uuid }] = await core.projects.opened();
  const [dataset] = await core.datasets.list({ project: uuid });
  const [pca] = await core.runs.list({ project: uuid });
  await step(page, 'Learn');
  await page.waitForTimeout(2000);
  await measured('nothing else runs', async () => {
    for (const name of ['Explore', 'Score', 'Learn']) await look(page, name);
  });
  const training = await core.runs.start({
    project: uuid,
    dataset: dataset.id,
    method: 'ae',
    parameters: { epochs: 400 },
  });
  await measured('a run trains', async () => {
    await look(page, 'Learn', 5000);
    for (const name of ['Quality', 'Explore', 'Score', 'Learn']) await look(page, name);
  });
  await measured('a run trains and a file is imported', async () => {
    const { job } = await core.imports.start({ project: uuid, path: file, name: 'Again' });
    const imported = jobDone(core, job);
    for (const name of ['Explore', 'Learn']) await look(page, name);
    await imported;
  });
  await core.jobs.cancel({ job: training[0].job });
  await measured('a UMAP is computed', async () => {
    const { job } = await core.analysis.embed({
      project: uuid,
      runId: pca.id,
      space: 'latent',
      method: 'umap',
      nDim: 2,
      parameters: { seed: 17 },
    });
    const computed = jobDone(core, job);
    for (const name of ['Explore', 'Learn', 'Score']) await look(page, name);
    await computed;
  });
  const note = `8,000 cells × 2,000 genes; while each lasts, the screens are visited in turn. A cheap question is asked of the handler every 50 ms. Tasks below 50 ms are not told apart: 0. ${drawnWith(browser)}`;
  console.log(JSON.stringify({ figures, note }));
} finally {
  poll.stop();
  await close();
}

/** Does something in the window, and notes the longest task and the longest answer meanwhile. */
async function measured(name: string, work: () => Promise<void>): Promise<void> {
  poll.restart();
  await page.evaluate(() => (window.longTasks!.length = 0));
  await work();
  const tasks = await page.evaluate(() => window.longTasks!);
  const longest = Math.max(0, ...tasks.map(({ duration }) => duration));
  figures.push(
    { name: `${name}: longest task in the page`, unit: 'ms', lacuna: longest, limit: LONGEST_TASK },
    {
      name: `${name}: longest answer of the handler`,
      unit: 'ms',
      lacuna: Math.max(0, ...poll.latencies()),
      limit: LONGEST_ANSWER,
    },
  );
}

async function look(from: Page, name: string, milliseconds = 1500): Promise<void> {
  await step(from, name);
  await from.waitForTimeout(milliseconds);
}

async function step(from: Page, name: string): Promise<void> {
  const steps = from.getByRole('navigation', { name: 'Steps' });
  await steps.getByRole('button', { name: new RegExp(name) }).click();
}

/** The browser itself tells of tasks of 50 ms and more. */
function watch(): void {
  const longTasks: LongTask[] = (window.longTasks = []);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}
