import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../build/setup/paths.mjs';
import { findRendererFolder } from '../main/http/window/renderer-folder.ts';
import { launchLacuna } from './hosts/browser-host.ts';
import { expect, test, type Page } from './support/test.ts';

test.skip(process.env.LACUNA_E2E_HOST === 'electron', 'The page is served by the browser host here.');

/**
 * Everything is tried by the page's own HTML and scripts: what a test starts through the debugger runs with the
 * debugger's rights, whatever the policy says.
 */
test('the policy stops every script and style that is not a file of the window', async ({ page, home, faults }) => {
  const lacuna = await launchLacuna({ home, environment: { LACUNA_RENDERER_DIR: windowWithIntruder(home) } });
  try {
    await page.goto(lacuna.address);
    expect(await outcome(page)).toEqual({
      // The control: a file of the window may do as it likes.
      file: 'ran',
      inline: 'stopped',
      handler: 'stopped',
      address: 'stopped',
      added: 'stopped',
      data: 'stopped',
      eval: 'stopped',
      function: 'stopped',
      style: 'stopped',
      frame: 'stopped',
      elsewhere: 'stopped',
    });
    await expect(page.getByRole('button', { name: 'Open a file …' })).toBeVisible();
    expect(faults.join('\n')).toMatch(/content security policy/i);

    // The same page without its policy does all of it: what was seen above is the policy's doing.
    await page.route(new URL('/', lacuna.address).href + '*', async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue();
      const response = await route.fetch();
      const { 'content-security-policy': policy, ...headers } = response.headers();
      expect(policy).toBeTruthy();
      await route.fulfill({ response, headers });
    });
    await page.reload();
    const without = await outcome(page);
    expect(new Set(Object.values({ ...without, elsewhere: 'ran' }))).toEqual(new Set(['ran']));
  } finally {
    // Breaches are what this spec is about.
    faults.length = 0;
    await page.goto('about:blank');
    await lacuna.close();
  }
});

/** The built window with code in it that tries to get in by every way that there is. */
function windowWithIntruder(home: string): string {
  const built = findRendererFolder(process.env, join(PROJECT, 'dist'));
  if (built === null) throw new Error('The window is not built: npm run setup');
  const folder = join(home, 'window');
  cpSync(built, folder, { recursive: true });
  const index = join(folder, 'index.html');
  const html = `
    <script>document.documentElement.dataset.inline = 'ran'</script>
    <style>:root { --style: ran }</style>
    <img src="/not-there.png" alt="" onerror="document.documentElement.dataset.handler = 'ran'">
    <a id="address" hidden href="javascript:void(document.documentElement.dataset.address = 'ran')">x</a>
    <script type="module" src="/intruder.js"></script>
  </body>`;
  writeFileSync(index, readFileSync(index, 'utf8').replace('</body>', html));
  appendFileSync(join(folder, 'intruder.js'), INTRUDER);
  return folder;
}

const INTRUDER = `
  const { dataset } = document.documentElement;
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const attempt = async (name, work) => {
    try {
      await work();
    } catch {
      // Left as it is: stopped.
    }
  };
  dataset.file = 'ran';
  globalThis.mark = (name) => (dataset[name] = 'ran');
  document.querySelector('#address').click();
  const added = document.createElement('script');
  added.textContent = "mark('added')";
  document.head.append(added);
  const data = document.createElement('script');
  data.src = "data:text/javascript,mark('data')";
  document.head.append(data);
  await attempt('eval', () => (0, eval)("mark('eval')"));
  await attempt('function', () => new Function("mark('function')")());
  await attempt('elsewhere', () => fetch(location.origin.replace('127.0.0.1', 'localhost'), { mode: 'no-cors' }).then(() => mark('elsewhere')));
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.srcdoc = "<script>parent.mark('frame')</" + "script>";
  document.body.append(frame);
  if (getComputedStyle(document.documentElement).getPropertyValue('--style').trim() === 'ran') dataset.style = 'ran';
  // Long enough for what is allowed to have happened.
  await wait(1000);
  dataset.over = 'ran';
`;

/** What the intruder got done, by its ways in. */
async function outcome(page: Page): Promise<Record<string, string>> {
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-over', 'ran', { timeout: 15_000 });
  const ways = [
    'file',
    'inline',
    'handler',
    'address',
    'added',
    'data',
    'eval',
    'function',
    'style',
    'frame',
    'elsewhere',
  ];
  const told = await Promise.all(ways.map((way) => root.getAttribute(`data-${way}`)));
  return Object.fromEntries(ways.map((way, i) => [way, told[i] ?? 'stopped']));
}
