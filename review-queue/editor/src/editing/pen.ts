// What a reader holds in the hand, what it is set to, and one stroke with it.

import type { ValueRange } from "../core/image.ts";
import { type ImageVolume, sentRange } from "../core/image.ts";
import type { Edit, PaintRules } from "../core/labels.ts";
import { lengthBetween } from "../core/measure.ts";
import type { Place, Plane } from "../core/plane.ts";

/** Tools that follow the pointer; the others do their work at once. */
export type Pen = "brush" | "eraser" | "threshold-brush" | "lasso" | "polygon" | "scissors" | "grow" | "level-trace" | "remove-part" | "keep-part" | "revert";

/** What the pens are set to; lengths in mm, values as they are shown. */
export interface Settings {
  readonly radius: number;
  readonly ball: boolean;
  readonly range: { readonly least: number; readonly largest: number };
  readonly tolerance: number;
  readonly rules: PaintRules;
  /** Whether tools for a whole segment work on the slice that is seen only. */
  readonly onSlice: boolean;
}

/** Where the pointer is: on which slice of which plane. */
export interface Pointer {
  readonly plane: Plane;
  readonly slice: number;
  readonly place: Place;
}

/** Whether it paints while it moves. */
export const paints = (pen: Pen): boolean => pen === "brush" || pen === "eraser" || pen === "threshold-brush";

export const rangeOf = (image: ImageVolume, { range }: Settings): ValueRange => sentRange(image, range.least, range.largest);

/** From the press to the release. */
export class Stroke {
  readonly pen: Pen;
  readonly segment: number;
  readonly settings: Settings;
  readonly plane: Plane;
  readonly slice: number;
  readonly edit: Edit;
  readonly begun: number;
  readonly border: Place[];
  last: Place;
  pathMm = 0;

  constructor(pen: Pen, segment: number, settings: Settings, at: Pointer, edit: Edit, begun: number) {
    this.pen = pen;
    this.segment = segment;
    this.settings = settings;
    this.plane = at.plane;
    this.slice = at.slice;
    this.edit = edit;
    this.begun = begun;
    this.border = [at.place];
    this.last = at.place;
  }

  goTo({ place }: Pointer): void {
    const { plane, slice } = this;
    this.pathMm += lengthBetween(plane.grid, plane.betweenAt(this.last, slice), plane.betweenAt(place, slice));
    this.border.push(place);
    this.last = place;
  }

  /** Whether the pointer stayed where it was pressed, within a voxel. */
  get isClick(): boolean {
    const [u, v] = this.border[0]!;
    return this.border.every(([across, down]) => Math.hypot(across - u, down - v) < 1);
  }
}
