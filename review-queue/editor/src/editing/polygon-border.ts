// A polygon whose corners are set one by one.

import { lengthBetween } from "../core/measure.ts";
import type { Place, Plane } from "../core/plane.ts";
import type { Pointer, Settings } from "./pen.ts";

/** A press so near to the last corner, or to the first one, in voxels, closes the polygon. */
const NEAR_LAST = 0.75;
const NEAR_FIRST = 1.5;

export class Polygon {
  readonly segment: number;
  readonly settings: Settings;
  readonly plane: Plane;
  readonly slice: number;
  readonly begun: number;
  readonly corners: Place[];

  constructor(segment: number, settings: Settings, { plane, slice, place }: Pointer, begun: number) {
    this.segment = segment;
    this.settings = settings;
    this.plane = plane;
    this.slice = slice;
    this.begun = begun;
    this.corners = [place];
  }

  isOn({ plane, slice }: Pointer): boolean {
    return plane === this.plane && slice === this.slice;
  }

  closesAt(place: Place): boolean {
    return this.corners.length >= 3 && (near(place, this.corners.at(-1)!, NEAR_LAST) || near(place, this.corners[0]!, NEAR_FIRST));
  }

  add(place: Place): void {
    this.corners.push(place);
  }

  /** Takes the last corner back; says whether any is left. */
  drop(): boolean {
    this.corners.pop();
    return this.corners.length > 0;
  }

  get lengthMm(): number {
    const { plane, slice, corners } = this;
    return corners.slice(1).reduce((sum, corner, at) => sum + lengthBetween(plane.grid, plane.betweenAt(corners[at]!, slice), plane.betweenAt(corner, slice)), 0);
  }
}

const near = ([u, v]: Place, [across, down]: Place, limit: number): boolean => Math.hypot(u - across, v - down) < limit;
