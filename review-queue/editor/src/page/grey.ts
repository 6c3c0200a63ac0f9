// The image in shades or tints: stored values through the window, and brightness through a colour map.

import type { Plane, Rectangle } from "../core/plane.ts";
import { type ColourMap, tints } from "../core/tint.ts";
import type { Painter } from "./scene.ts";
import { type Scale, type Window, greys } from "./window-level.ts";

const BLACK = 0xff000000;

/** Array indices, from the first one to the one behind the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const EVERYTHING: Span = { from: 0, to: Infinity };

/** What of one slice of a plane is there, where whole slices of the grid are; null if nothing is. */
export function partOf(plane: Plane, slice: number, there: Span): Rectangle | null {
  if (there === EVERYTHING) return plane.whole;
  const { sizes, strides } = plane.grid;
  return plane.rectangleOf({ least: [0, 0, there.from / strides[2]], largest: [sizes[0] - 1, sizes[1] - 1, there.to / strides[2] - 1] }, slice);
}

export class Grey implements Painter {
  voxels: Int16Array | null = null;
  /** From which voxel to which one the image is there: the rest is black, not a grey that could be tissue. */
  there: Span = EVERYTHING;
  private readonly scale: Scale;
  private readonly table = new Uint8ClampedArray(65536);
  private readonly colours = new Uint32Array(65536);
  private tints: Uint32Array;
  /** Of the slice that is painted. */
  private values = new Int16Array(0);

  constructor(scale: Scale, map: ColourMap = "grey") {
    this.scale = scale;
    this.tints = tints(map);
    this.tint();
  }

  setWindow(window: Window): void {
    greys(window, this.scale, this.table);
    this.tint();
  }

  setMap(map: ColourMap): void {
    this.tints = tints(map);
    this.tint();
  }

  private tint(): void {
    for (let at = 0; at < 65536; at++) this.colours[at] = this.tints[this.table[at]!]!;
  }

  paint(plane: Plane, slice: number, pixels: Uint32Array): void {
    const { voxels, colours } = this;
    if (!voxels) return;
    if (this.values.length < pixels.length) this.values = new Int16Array(pixels.length);
    const { values } = this;
    const part = partOf(plane, slice, this.there);
    if (this.there !== EVERYTHING) pixels.fill(BLACK);
    if (!part) return;
    plane.gather(slice, voxels, values, part);
    for (let v = part.top; v <= part.bottom; v++) {
      const end = v * plane.width + part.right;
      for (let at = v * plane.width + part.left; at <= end; at++) pixels[at] = colours[values[at]! + 32768]!;
    }
  }

  /** The shown value of a voxel, in as many digits as it has. */
  valueAt(offset: number): string {
    if (!this.voxels || offset < this.there.from || offset >= this.there.to) return "";
    const value = this.voxels[offset]! * this.scale.slope + this.scale.intercept;
    return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  }
}
