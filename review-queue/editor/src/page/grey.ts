// The grey image: stored values through the window.

import type { Plane } from "../core/plane.ts";
import type { Painter } from "./scene.ts";
import { type Scale, type Window, greys } from "./window-level.ts";

export class Grey implements Painter {
  voxels: Int16Array | null = null;
  private readonly scale: Scale;
  private readonly table = new Uint8ClampedArray(65536);

  constructor(scale: Scale) {
    this.scale = scale;
  }

  setWindow(window: Window): void {
    greys(window, this.scale, this.table);
  }

  paint(plane: Plane, slice: number, pixels: Uint32Array): void {
    const { voxels, table } = this;
    if (!voxels) return;
    plane.extract(slice, (target, source) => {
      const grey = table[voxels[source]! + 32768]!;
      pixels[target] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
    });
  }

  /** The rescaled value of a voxel, in as many digits as it has. */
  valueAt(offset: number): string {
    if (!this.voxels) return "";
    const value = this.voxels[offset]! * this.scale.slope + this.scale.intercept;
    return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  }
}
