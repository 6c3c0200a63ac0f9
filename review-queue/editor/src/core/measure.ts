// Numbers about what is seen: volumes of segments, lengths, areas, values.

import type { Grid, Triple } from "./grid.ts";
import { type ImageVolume, rescaled } from "./image.ts";
import { spansOf } from "./tools/polygon.ts";
import type { Place, Plane } from "./plane.ts";

/** In mL. */
export const volumeOf = (grid: Grid, voxels: number): number => (voxels * grid.voxelVolume()) / 1000;

/** Between two indices, in mm. */
export function lengthBetween(grid: Grid, from: Triple, to: Triple): number {
  const along = (axis: 0 | 1 | 2) => (to[axis] - from[axis]) * grid.spacings[axis];
  return Math.hypot(along(0), along(1), along(2));
}

/** The rescaled value of the voxel at an index, which need not be whole; null outside of the image. */
export function valueAt(image: ImageVolume, index: Triple): number | null {
  const voxel: Triple = [Math.floor(index[0] + 0.5), Math.floor(index[1] + 0.5), Math.floor(index[2] + 0.5)];
  return image.grid.contains(voxel) ? rescaled(image, image.values[image.grid.offset(...voxel)]!) : null;
}

export interface AreaMeasure {
  /** Of the polygon itself, in mm^2. */
  readonly area: number;
  /** Of the pixels whose centre is inside; NaN if there is none. Rescaled values. */
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
  readonly largest: number;
}

/** The area inside of a closed border on a plane, and what values it has. */
export function areaOf(image: ImageVolume, plane: Plane, slice: number, border: readonly Place[]): AreaMeasure {
  let doubled = 0;
  let [x0, y0] = border[border.length - 1] ?? [0, 0];
  for (const [x1, y1] of border) {
    doubled += x0 * y1 - x1 * y0;
    [x0, y0] = [x1, y1];
  }
  const layout = plane.layout(slice);
  let count = 0;
  let sum = 0;
  let squares = 0;
  let least = NaN;
  let largest = NaN;
  for (const { line, first, last } of spansOf(border, plane.width, plane.height)) {
    for (let u = first; u <= last; u++) {
      const value = rescaled(image, image.values[layout.first + u * layout.stepAcross + line * layout.stepDown]!);
      count++;
      sum += value;
      squares += value * value;
      if (!(value >= least)) least = value;
      if (!(value <= largest)) largest = value;
    }
  }
  const mean = sum / count;
  return {
    area: (Math.abs(doubled) / 2) * plane.pixelWidth * plane.pixelHeight,
    mean,
    deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)),
    least,
    largest,
  };
}
