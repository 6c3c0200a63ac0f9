// Images in colour, and two images in one.

import type { Plane } from "../core/plane.ts";
import { layOver, packed } from "../core/tint.ts";
import type { Painter } from "./scene.ts";
import { type Window, greys } from "./window-level.ts";

/** Red, green and blue of each voxel; the window brightens or darkens all three alike. */
export class ColourPicture implements Painter {
  private readonly rgb: Uint8Array;
  private readonly table = new Uint8ClampedArray(65536);

  constructor(rgb: Uint8Array, window: Window) {
    this.rgb = rgb;
    this.setWindow(window);
  }

  setWindow(window: Window): void {
    greys(window, { slope: 1, intercept: 0 }, this.table);
  }

  paint(plane: Plane, slice: number, pixels: Uint32Array): void {
    const { rgb } = this;
    const table = this.table.subarray(32768, 32768 + 256);
    plane.extract(slice, (target, source) => {
      const at = 3 * source;
      pixels[target] = packed(table[rgb[at]!]!, table[rgb[at + 1]!]!, table[rgb[at + 2]!]!);
    });
  }
}

/** One image over another. */
export class Fusion implements Painter {
  /** Of the upper one, 0 to 1. */
  share = 0.5;
  private readonly lower: Painter;
  private readonly upper: Painter;
  private buffer = new Uint32Array(0);

  constructor(lower: Painter, upper: Painter) {
    this.lower = lower;
    this.upper = upper;
  }

  paint(plane: Plane, slice: number, pixels: Uint32Array): void {
    if (this.buffer.length !== pixels.length) this.buffer = new Uint32Array(pixels.length);
    this.lower.paint(plane, slice, pixels);
    this.upper.paint(plane, slice, this.buffer);
    layOver(pixels, this.buffer, this.share);
  }
}
