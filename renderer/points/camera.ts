/** Where a picture is looked at from: the same scale on both axes, so that tissue keeps its shape. */
export interface Camera {
  /** Point of the picture in the middle of the view, data units. */
  centreX: number;
  centreY: number;
  /** Screen pixels (CSS) of one data unit. */
  scale: number;
  /** True where y grows downwards, as in images. */
  yDown: boolean;
}

/** Size of a view in CSS pixels. */
export interface ViewSize {
  width: number;
  height: number;
}

/** Smallest box around points; of nothing it is the unit box. */
export interface Bounds {
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
}

/** A camera that shows the whole box with a margin. */
export function fitCamera(bounds: Bounds, size: ViewSize, yDown = false, margin = 24): Camera {
  // A single point, or all in one line, still needs a scale.
  const spanX = bounds.maxX - bounds.minX || bounds.maxY - bounds.minY || 1;
  const spanY = bounds.maxY - bounds.minY || spanX;
  const width = Math.max(1, size.width - 2 * margin);
  const height = Math.max(1, size.height - 2 * margin);
  return {
    centreX: (bounds.minX + bounds.maxX) / 2,
    centreY: (bounds.minY + bounds.maxY) / 2,
    scale: Math.min(width / spanX, height / spanY),
    yDown,
  };
}

/** Position on the screen, CSS pixels from the upper left corner of the view. */
export function toScreen(camera: Camera, size: ViewSize, x: number, y: number): [number, number] {
  const direction = camera.yDown ? 1 : -1;
  return [
    size.width / 2 + (x - camera.centreX) * camera.scale,
    size.height / 2 + direction * (y - camera.centreY) * camera.scale,
  ];
}

/** The inverse of `toScreen`. */
export function toData(camera: Camera, size: ViewSize, screenX: number, screenY: number): [number, number] {
  const direction = camera.yDown ? 1 : -1;
  return [
    camera.centreX + (screenX - size.width / 2) / camera.scale,
    camera.centreY + (direction * (screenY - size.height / 2)) / camera.scale,
  ];
}

/** Moves the picture by so many screen pixels. */
export function panned(camera: Camera, dx: number, dy: number): Camera {
  const direction = camera.yDown ? 1 : -1;
  return {
    ...camera,
    centreX: camera.centreX - dx / camera.scale,
    centreY: camera.centreY - (direction * dy) / camera.scale,
  };
}

/** Enlarges by a factor about a place of the screen, which stays where it is. */
export function zoomedAt(camera: Camera, size: ViewSize, screenX: number, screenY: number, factor: number): Camera {
  const [x, y] = toData(camera, size, screenX, screenY);
  return {
    ...camera,
    scale: camera.scale * factor,
    centreX: x + (camera.centreX - x) / factor,
    centreY: y + (camera.centreY - y) / factor,
  };
}
