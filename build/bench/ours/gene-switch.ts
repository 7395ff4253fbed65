/** Colours 120,000 cells by one gene after the other in the Explore screen; prints the figures. */
import { drawnWith } from '../window/measured-browser.ts';
import { largeProject } from '../window/made-projects.ts';
import { middle } from '../window/middle.ts';
import { openWindow } from '../window/open-window.ts';

interface Switch {
  asked: number;
  bytes: number;
  drawn: number;
}
declare global {
  interface Window {
    switches?: Switch[];
  }
}

const GENES = 10;

const { browser, page, close } = await openWindow(await largeProject(), watch);
try {
  await page.getByRole('application', { name: /^Picture 1, 120000 points/ }).waitFor({ timeout: 60_000 });
  const picker = page.getByRole('combobox', { name: 'Colour by' });
  // One more than is counted: the first brings code into the cache.
  for (let gene = 0; gene <= GENES; gene++) {
    await picker.click();
    await picker.fill(`GENE${100 + gene}`);
    await page.getByRole('option', { name: `GENE${100 + gene}` }).click();
    await page.waitForFunction((least) => window.switches!.length >= least, gene + 1, { timeout: 20_000 });
    await page.waitForTimeout(300);
  }
  const all = await page.evaluate(() => window.switches!);
  const counted = all.slice(1);
  const drawing = counted.map(({ bytes, drawn }) => drawn - bytes);
  const figures = [
    { name: 'bytes read → drawn, median', unit: 'ms', lacuna: middle(drawing), limit: 150 },
    { name: 'bytes read → drawn, worst', unit: 'ms', lacuna: Math.max(...drawing), limit: 150 },
    { name: 'asked for → bytes read, median', unit: 'ms', lacuna: middle(counted.map((one) => one.bytes - one.asked)) },
  ];
  console.log(JSON.stringify({ figures, note: `${counted.length} genes in turn. ${drawnWith(browser)}` }));
} finally {
  await close();
}

/** Notes when the bytes of a gene are read, and when the first picture with its values is drawn. */
function watch(): void {
  const nObs = 120_000;
  const switches: Switch[] = (window.switches = []);
  let asked = NaN;
  let bytes = NaN;
  let uploaded = false;
  const isGene = (url: string): boolean => /\/(observed|gene)\/\d+/.test(url);

  const fetchIt = window.fetch;
  window.fetch = (input, init) => {
    if (isGene(input instanceof Request ? input.url : String(input))) asked = performance.now();
    return fetchIt(input, init);
  };
  const read = Response.prototype.arrayBuffer;
  Response.prototype.arrayBuffer = async function () {
    const buffer = await read.call(this);
    if (isGene(this.url)) {
      bytes = performance.now();
      uploaded = false;
    }
    return buffer;
  };
  const { bufferData, drawElements } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.bufferData = function (...given: unknown[]) {
    if (given[1] instanceof Float32Array && given[1].length === nObs) uploaded = true;
    (bufferData as (...all: unknown[]) => void).apply(this, given);
  };
  WebGL2RenderingContext.prototype.drawElements = function (...given) {
    drawElements.apply(this, given);
    if (!uploaded || Number.isNaN(bytes)) return;
    // A pixel can be read only when everything is drawn.
    this.readPixels(0, 0, 1, 1, this.RGBA, this.UNSIGNED_BYTE, new Uint8Array(4));
    switches.push({ asked, bytes, drawn: performance.now() });
    bytes = NaN;
  };
}
