import { flushSync, mount } from 'svelte';
import type { Colouring } from '../../../renderer/points/colouring.ts';
import type { PointsScene } from '../../../renderer/points/points-scene.ts';
import { MADE_COLOURS, madeImage, madePoints, madeSection, SECTION_SIDE } from './made-points.ts';
import {
  askedPoints,
  HEIGHT,
  isSection,
  lassoPolygon,
  nextFrame,
  rendererName,
  settle,
  waitUntilDrawn,
  WIDTH,
  type MeasuredPage,
} from './measured-page.ts';
import PointsView from '../../../renderer/points/PointsView.svelte';
import { PointsState } from './points-state.svelte.ts';

/** The window's own view of points, as the Explore screen uses it. */
const section = isSection() ? madeSection(askedPoints()) : null;
const made = section ?? madePoints(askedPoints());
const backdrop = section && { picture: await madeImage(), width: SECTION_SIDE, height: SECTION_SIDE };
const byCategory: Colouring = { kind: 'categorical', codes: made.codes, colours: MADE_COLOURS };
const byGene = (): Colouring => ({
  kind: 'numeric',
  values: made.gene.slice(),
  palette: 'viridis',
  min: 0,
  max: 2,
  log: false,
});
const view = new PointsState();
view.colouring = byCategory;
await settle();

const target = document.getElementById('place')!;
const began = performance.now();
const { scene, gl, firstPicture } = await new Promise<{
  scene: PointsScene;
  gl: WebGL2RenderingContext;
  firstPicture: number;
}>((resolve) => {
  mount(PointsView, {
    target,
    props: {
      positions: made.positions,
      nDim: 2,
      get colouring() {
        return view.colouring;
      },
      get selected() {
        return view.selected;
      },
      get hovered() {
        return view.hovered;
      },
      look: {
        yDown: section !== null,
        sizeFactor: 1,
        trueSize: section?.spotSize ?? null,
        square: false,
        background: '#ffffff',
        missing: '#d9d9d9',
      },
      backdrop,
      label: 'Measured points',
      axisNames: section ? [] : ['UMAP 1', 'UMAP 2'],
      onhover: (point: number) => (view.hovered = point),
      onselect: (mask: Uint8Array) => (view.selected = mask),
      onfirstframe: (first: PointsScene) => {
        const context = target.querySelector('canvas')!.getContext('webgl2')!;
        waitUntilDrawn(context);
        resolve({ scene: first, gl: context, firstPicture: performance.now() - began });
      },
    },
  });
});

const measured: MeasuredPage = {
  renderer: rendererName(gl),
  firstPicture,
  recolour: [],
  inside: [],
  nInside: 0,
  firstPick: 0,
  pick: 0,
  frames: [],
  lasso: null,
};
for (let i = 0; i < 5; i++) {
  view.colouring = byCategory;
  flushSync();
  await settle();
  const start = performance.now();
  view.colouring = byGene();
  flushSync();
  // The view draws in the next frame, before this one is told of it: it asked first.
  await nextFrame();
  waitUntilDrawn(gl);
  measured.recolour.push(performance.now() - start);
}
const polygon = lassoPolygon();
for (let i = 0; i < 5; i++) {
  const start = performance.now();
  const mask = scene.inside(polygon);
  measured.inside.push(performance.now() - start);
  measured.nInside = mask.reduce((sum, one) => sum + one, 0);
}
const beforePick = performance.now();
scene.pick(WIDTH / 2, HEIGHT / 2);
measured.firstPick = performance.now() - beforePick;
const beforePicks = performance.now();
for (let i = 0; i < 200; i++) scene.pick(((i * 37) % WIDTH) + 0.5, ((i * 53) % HEIGHT) + 0.5);
measured.pick = (performance.now() - beforePicks) / 200;

const onFrame = scene.onFrame;
let released = NaN;
scene.onFrame = () => {
  measured.frames.push(performance.now());
  onFrame();
  if (view.selected !== null && Number.isFinite(released) && measured.lasso === null) {
    waitUntilDrawn(gl);
    measured.lasso = performance.now() - released;
  }
};
// Before the view hears of it.
window.addEventListener('pointerup', (event) => event.shiftKey && (released = performance.now()), { capture: true });
await settle();
window.measured = measured;
