import { fitCamera, panned, toData, toScreen, zoomedAt, type Camera, type ViewSize } from './camera.ts';
import { pointColours, sameColouring, type Colouring } from './colouring.ts';
import { drawOrder } from './draw-order.ts';
import { createGridIndex, type GridIndex } from './grid-index.ts';
import type { PointCanvas } from './point-canvases.ts';
import { suitableSize, typicalSpacing } from './point-size.ts';
import { outlineMesh, type Outlines } from './outlines.ts';
import { AS_IT_IS, isAsItIs, planeRotation, type PlaneView } from './plane-view.ts';
import { pointsInside, type Polygon } from './polygon.ts';
import { boundsOf, flattened, middleOf, NO_ROTATION, orbited, radiusOf, type Rotation } from './rotation.ts';
import { POINT_STATE, type Backdrop, type PointsSurface } from './surface.ts';

/** How points are drawn, apart from their colours. */
export interface PointsLook {
  yDown: boolean;
  /** Times the size that suits the number of points and the zoom. */
  sizeFactor: number;
  /** Diameter in data units; null: the size that suits. */
  trueSize: number | null;
  square: boolean;
  background: string;
  missing: string;
  /** How a map lies on the screen; left out: as its coordinates are. */
  view?: PlaneView;
  /** Of the points, 0 … 1; left out: 1. */
  opacity?: number;
  /** Of the picture beneath: 1 as it is, 0 black, 2 white. */
  brightness?: number;
  /** Outlines are drawn in this colour where they can be told apart; left out: not. */
  outlineColour?: string | null;
  /** Outlines are filled in place of points. */
  fillOutlines?: boolean;
}

/** A point as a disc, or as a square turned about its middle; CSS pixels from the upper left corner. */
export interface PointShape {
  x: number;
  y: number;
  size: number;
  fill: string;
  opacity: number;
  /** Null: a disc. Degrees, clockwise. */
  square: number | null;
}

/** Colours on paper, which may differ from those on the screen. */
interface Paper {
  background: string;
  missing: string;
  colouring: Colouring;
}

const LARGEST_CANVAS_SIDE = 8192;
/** So many corners of outlines are always drawn; of more only where a cell is this large, CSS pixels. */
const FEW_CORNERS = 150_000;
const CELL_TO_SEE = 5;

/**
 * A picture of points on a canvas: what is drawn, from where it is looked at, and which point is where. Draws when
 * something changed, once per screen refresh, and never otherwise.
 */
export class PointsScene {
  surface: PointsSurface | null;
  /** Milliseconds that the last frame took on this side; for measuring. */
  lastFrameMs = 0;
  /** It left the screen, and draws no more. */
  isDisposed = false;
  /** Told after every frame: overlays follow it. */
  onFrame: () => void = () => {};
  /** Told when a person moved, zoomed or turned the picture: linked pictures follow. */
  onMoved: () => void = () => {};

  readonly #canvas: HTMLCanvasElement;
  #size: ViewSize = { width: 1, height: 1 };
  /** True once the place on the screen is known. */
  #isSized = false;
  #ratio = 1;
  #positions: Float32Array = new Float32Array(0);
  #nDim: 2 | 3 = 2;
  #pivot: [number, number, number] = [0, 0, 0];
  #radius = 0;
  #rotation: Rotation = NO_ROTATION;
  #camera: Camera = fitCamera(boundsOf(new Float32Array(0)), this.#size);
  #fitScale = 1;
  #moved = false;
  #flat: Float32Array | null = null;
  #index: GridIndex | null = null;
  #colouring: Colouring = { kind: 'plain', colour: '#808080' };
  #hidden: Uint8Array | null = null;
  #selected: Uint8Array | null = null;
  #outlines: Outlines | null = null;
  /** Data units between neighbours. */
  #spacing = 1;
  #look: PointsLook = {
    yDown: false,
    sizeFactor: 1,
    trueSize: null,
    square: false,
    background: '#ffffff',
    missing: '#d9d9d9',
  };
  /** False where the colouring was given for other points than there are now. */
  #isColoured = false;
  #scheduled = 0;

  constructor({ canvas, surface }: PointCanvas) {
    this.#canvas = canvas;
    this.surface = surface;
    if (surface !== null) surface.onRestored = () => this.requestDraw();
  }

  get count(): number {
    return this.#positions.length / this.#nDim;
  }

  get nDim(): 2 | 3 {
    return this.#nDim;
  }

  /** CSS pixels. */
  get width(): number {
    return this.#size.width;
  }

  /** CSS pixels. */
  get height(): number {
    return this.#size.height;
  }

  /** CSS pixels of one data unit. */
  get scale(): number {
    return this.#camera.scale;
  }

  /** Whether outlines are large enough to be told apart. */
  get showsOutlines(): boolean {
    if (this.#outlines === null || this.#nDim === 3) return false;
    const nCorners = this.#outlines.vertices.length / 2;
    return nCorners <= FEW_CORNERS || this.#spacing * this.#camera.scale >= CELL_TO_SEE;
  }

  /** Whether outlines stand in place of points. */
  get fillsOutlines(): boolean {
    return this.showsOutlines && this.#look.fillOutlines === true;
  }

  /** CSS pixels. */
  get pointSize(): number {
    if (this.#look.trueSize !== null)
      return Math.max(1, this.#look.trueSize * this.#look.sizeFactor * this.#camera.scale);
    const { width, height } = this.#size;
    return this.#look.sizeFactor * suitableSize(this.count, width, height, this.#camera.scale / this.#fitScale);
  }

  /** @param positions [n, nDim]; points that are not numbers are not drawn */
  setPositions(positions: Float32Array, nDim: 2 | 3): void {
    this.#positions = positions;
    this.#nDim = nDim;
    this.#isColoured = false;
    this.#pivot = nDim === 3 ? middleOf(positions, 3) : [0, 0, 0];
    this.#radius = nDim === 3 ? radiusOf(positions, this.#pivot) : 0;
    if (nDim === 3) this.#rotation = orbited(NO_ROTATION, 0.5, 0.35);
    else this.#layPlane();
    this.#turned();
    if (nDim === 2) this.#spacing = typicalSpacing(boundsOf(positions), this.count);
    if (this.#outlines !== null) this.setOutlines(null);
    this.surface?.setPositions(positions, nDim);
    this.#selected = null;
    this.#hidden = null;
    this.#showAll();
  }

  setColouring(colouring: Colouring): void {
    // Drawing takes a machine without a graphics card a tenth of a second, during which nothing else gets drawn.
    if (this.#isColoured && sameColouring(colouring, this.#colouring)) return;
    this.#colouring = colouring;
    this.#isColoured = true;
    this.surface?.setColouring(colouring);
    this.#arrange();
  }

  /** @param selected [n]; null: nothing is, and nothing is dimmed. @param hidden [n]; null: all are shown */
  setStates(selected: Uint8Array | null, hidden: Uint8Array | null): void {
    this.#selected = selected;
    this.#hidden = hidden;
    const states = new Uint8Array(this.count);
    const others = selected === null ? POINT_STATE.normal : POINT_STATE.dimmed;
    for (let i = 0; i < states.length; i++) {
      states[i] = hidden?.[i] ? POINT_STATE.hidden : selected?.[i] ? POINT_STATE.selected : others;
    }
    this.surface?.setStates(states);
    this.#arrange();
  }

  setLook(look: PointsLook): void {
    const before = this.#look;
    const [view, viewBefore] = [look.view ?? AS_IT_IS, before.view ?? AS_IT_IS];
    const isTurned = view.mirrored !== viewBefore.mirrored || view.degrees !== viewBefore.degrees;
    this.#look = look;
    if (look.yDown !== before.yDown) this.#camera = { ...this.#camera, yDown: look.yDown };
    if (this.#nDim === 2 && (isTurned || (look.yDown !== before.yDown && !isAsItIs(view)))) this.#turnPlane();
    this.requestDraw();
  }

  /** A picture beneath the points of a map. */
  setBackdrop(backdrop: Backdrop | null): void {
    this.surface?.setBackdrop(backdrop);
    this.requestDraw();
  }

  /** Outlines of the points of a map. */
  setOutlines(outlines: Outlines | null): void {
    this.#outlines = outlines;
    this.surface?.setOutlines(outlines === null ? null : outlineMesh(outlines, this.#positions));
    this.requestDraw();
  }

  /** @param ratio device pixels of one CSS pixel */
  resize(size: ViewSize, ratio: number): void {
    if (size.width === this.#size.width && size.height === this.#size.height && ratio === this.#ratio) return;
    this.#size = size;
    this.#isSized = true;
    this.#ratio = ratio;
    const limit = Math.min(1, LARGEST_CANVAS_SIDE / (Math.max(size.width, size.height) * ratio));
    const width = Math.max(1, Math.round(size.width * ratio * limit));
    const height = Math.max(1, Math.round(size.height * ratio * limit));
    // Even the size that it has already would make a new picture of it, for which the page waits.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    if (this.#moved) {
      this.#fitScale = this.#fitted().scale;
      // A canvas that changed its size is blank until it is drawn: at once, or it flickers.
      this.drawNow();
    } else {
      this.#camera = this.#fitted();
      this.#fitScale = this.#camera.scale;
      this.drawNow();
    }
  }

  /** Everything in view again. */
  reset(): void {
    this.#showAll();
    this.onMoved();
  }

  pan(dx: number, dy: number): void {
    this.#camera = panned(this.#camera, dx, dy);
    this.#changed();
  }

  zoom(screenX: number, screenY: number, factor: number): void {
    const least = this.#fitScale * 0.2;
    const most = this.#fitScale * 2000;
    const allowed = Math.min(most, Math.max(least, this.#camera.scale * factor)) / this.#camera.scale;
    this.#camera = zoomedAt(this.#camera, this.#size, screenX, screenY, allowed);
    this.#changed();
  }

  /** Enlarges about the middle of the view. */
  zoomMiddle(factor: number): void {
    this.zoom(this.#size.width / 2, this.#size.height / 2, factor);
  }

  /** 3-D: turns as if the picture were pushed by so many pixels. */
  orbit(dx: number, dy: number): void {
    this.#rotation = orbited(this.#rotation, dx * 0.01, dy * 0.01);
    this.#turned();
    this.#changed();
  }

  /**
   * Looks at the same points from where another picture of them is looked at.
   *
   * @param samePlace the other picture may be of other points in the same coordinates: another run's, or between the spots
   */
  follow(other: PointsScene, samePlace = false): void {
    if (other === this || other.#nDim !== this.#nDim || (!samePlace && other.count !== this.count)) return;
    const { centreX, centreY, scale } = other.#camera;
    const sameSize = other.#size.width === this.#size.width && other.#size.height === this.#size.height;
    const [a, b, , d, e] = this.#rotation;
    const [dx, dy] = [other.#pivot[0] - this.#pivot[0], other.#pivot[1] - this.#pivot[1]];
    this.#camera = {
      ...this.#camera,
      centreX: centreX + (this.#nDim === 2 ? a * dx + b * dy : 0),
      centreY: centreY + (this.#nDim === 2 ? d * dx + e * dy : 0),
      scale: samePlace && sameSize ? scale : (scale / other.#fitScale) * this.#fitScale,
    };
    this.#moved = other.#moved;
    if (this.#nDim === 3) {
      this.#rotation = other.#rotation;
      this.#turned();
    }
    this.requestDraw();
  }

  /** Where a point is on the screen, CSS pixels. */
  screenOf(point: number): [number, number] {
    const flat = this.#flatPoints();
    return toScreen(this.#camera, this.#size, flat[2 * point], flat[2 * point + 1]);
  }

  dataAt(screenX: number, screenY: number): [number, number] {
    return toData(this.#camera, this.#size, screenX, screenY);
  }

  toScreenAt(x: number, y: number): [number, number] {
    return toScreen(this.#camera, this.#size, x, y);
  }

  /** The point under the cursor, or -1. */
  pick(screenX: number, screenY: number): number {
    const [x, y] = this.dataAt(screenX, screenY);
    this.#index ??= createGridIndex(this.#flatPoints());
    const reach = Math.max(6, this.pointSize / 2 + 2) / this.#camera.scale;
    const hidden = this.#hidden;
    return this.#index.nearest(x, y, reach, hidden ? (point) => hidden[point] === 0 : undefined);
  }

  /** Points inside a polygon given in data units as they are seen; hidden ones are never inside. */
  inside(polygon: Polygon): Uint8Array {
    const mask = pointsInside(this.#flatPoints(), polygon);
    if (this.#hidden) for (let i = 0; i < mask.length; i++) mask[i] &= this.#hidden[i] ^ 1;
    return mask;
  }

  requestDraw(): void {
    if (this.#scheduled !== 0) return;
    this.#scheduled = requestAnimationFrame(() => {
      this.#scheduled = 0;
      this.drawNow();
    });
  }

  drawNow(): void {
    // Points fitted to a place of one pixel would be as large as the whole canvas, each of them: seconds of drawing.
    if (!this.#isSized) return;
    const startedAt = performance.now();
    this.#render(this.#canvas.width, this.#canvas.height, this.#canvas.width / this.#size.width);
    this.lastFrameMs = performance.now() - startedAt;
    this.onFrame();
  }

  /**
   * What is seen, `times` as many pixels each way, as a canvas of its own; on paper if its ground and colours are given.
   *
   * @param showPoints false: only what lies beneath and around them
   */
  picture(times: number, paper: Paper | null = null, showPoints = true): HTMLCanvasElement {
    const copy = document.createElement('canvas');
    const { width, height } = this.#canvas;
    const largest = LARGEST_CANVAS_SIDE / Math.max(width, height);
    const factor = Math.min(times, largest);
    copy.width = Math.round(width * factor);
    copy.height = Math.round(height * factor);
    const before = this.#look;
    if (paper !== null) {
      this.#look = { ...before, background: paper.background, missing: paper.missing };
      this.surface?.setColouring(paper.colouring);
    }
    this.#canvas.width = copy.width;
    this.#canvas.height = copy.height;
    this.#render(copy.width, copy.height, copy.width / this.#size.width, showPoints);
    copy.getContext('2d')?.drawImage(this.#canvas, 0, 0);
    if (paper !== null) {
      this.#look = before;
      this.surface?.setColouring(this.#colouring);
    }
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.drawNow();
    return copy;
  }

  /** What is seen of a plane, as shapes in CSS pixels, the topmost last: for pictures of vectors. */
  shapes(colouring: Colouring, missing: string): PointShape[] {
    const { square, view = AS_IT_IS, opacity = 1 } = this.#look;
    const colourOf = pointColours(colouring, missing);
    const shapes: PointShape[] = [];
    for (const point of drawOrder(colouring, this.count, this.#selected)) {
      const [x, y] = this.screenOf(point);
      const isSeen = x >= 0 && x <= this.width && y >= 0 && y <= this.height;
      if (!isSeen || this.#hidden?.[point]) continue;
      const dimmed = this.#selected !== null && !this.#selected[point];
      shapes.push({
        x,
        y,
        size: this.pointSize,
        fill: colourOf(point),
        opacity: dimmed ? 0.15 * opacity : opacity,
        square: square ? view.degrees : null,
      });
    }
    return shapes;
  }

  dispose(): void {
    this.isDisposed = true;
    cancelAnimationFrame(this.#scheduled);
    // Another scene may draw on it by now.
    this.surface = null;
  }

  #render(width: number, height: number, ratio: number, showPoints = true): void {
    const look = this.#look;
    const degrees = look.view?.degrees ?? 0;
    const outlined = this.showsOutlines;
    const filled = this.fillsOutlines;
    this.surface?.draw({
      width,
      height,
      rotation: this.#rotation,
      pivot: this.#pivot,
      radius: this.#radius,
      centreX: this.#camera.centreX,
      centreY: this.#camera.centreY,
      scale: this.#camera.scale * ratio,
      yDown: look.yDown,
      pointSize: this.pointSize * ratio,
      square: look.square,
      spin: (degrees * Math.PI) / 180,
      opacity: look.opacity ?? 1,
      brightness: look.brightness ?? 1,
      showPoints: showPoints && !filled,
      outlineColour: outlined ? (look.outlineColour ?? null) : null,
      fillOutlines: filled && showPoints,
      background: look.background,
      missing: look.missing,
    });
  }

  #showAll(): void {
    this.#camera = this.#fitted();
    this.#fitScale = this.#camera.scale;
    this.#moved = false;
    this.requestDraw();
  }

  #changed(): void {
    this.#moved = true;
    this.requestDraw();
    this.onMoved();
  }

  #arrange(): void {
    const n = this.count;
    const ready =
      this.#colouring.kind === 'plain' ||
      (this.#colouring.kind === 'categorical' ? this.#colouring.codes : this.#colouring.values).length === n;
    if (!ready) return;
    this.surface?.setOrder(drawOrder(this.#colouring, n, this.#selected));
    this.requestDraw();
  }

  #fitted(): Camera {
    // A picture that can be turned is fitted to the circle that it never leaves.
    const r = this.#radius * 0.8;
    const bounds = this.#nDim === 3 ? { minX: -r, maxX: r, minY: -r, maxY: r } : boundsOf(this.#flatPoints());
    return fitCamera(bounds, this.#size, this.#look.yDown);
  }

  /** A map lies as the look says: about its middle, or where it is if nothing is turned. */
  #layPlane(): void {
    const { view = AS_IT_IS, yDown } = this.#look;
    this.#rotation = isAsItIs(view) ? NO_ROTATION : planeRotation(view, yDown);
    this.#pivot = isAsItIs(view) ? [0, 0, 0] : middleOf(this.#positions, 2);
  }

  /** The same for a map that is on the screen: what is in the middle of the view stays there. */
  #turnPlane(): void {
    const { centreX, centreY } = this.#camera;
    const [a, b, , d, e] = this.#rotation;
    const x = a * centreX + d * centreY + this.#pivot[0];
    const y = b * centreX + e * centreY + this.#pivot[1];
    this.#layPlane();
    this.#turned();
    if (!this.#moved) return this.#showAll();
    const [dx, dy] = [x - this.#pivot[0], y - this.#pivot[1]];
    const r = this.#rotation;
    this.#camera = { ...this.#camera, centreX: r[0] * dx + r[1] * dy, centreY: r[3] * dx + r[4] * dy };
    this.#fitScale = this.#fitted().scale;
  }

  #turned(): void {
    this.#flat = null;
    this.#index = null;
  }

  #flatPoints(): Float32Array {
    this.#flat ??= flattened(this.#positions, this.#nDim, this.#rotation, this.#pivot);
    return this.#flat;
  }
}
