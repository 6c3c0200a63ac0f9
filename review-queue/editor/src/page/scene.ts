// What the planes of one image share, and how others draw on them or take the pointer.

import type { Grid, Triple } from "../core/grid.ts";
import type { LabelArray } from "../core/labels.ts";
import type { Box } from "../core/box.ts";
import type { Place, Plane } from "../core/plane.ts";
import type { Placement } from "../core/view.ts";
import type { Span } from "./grey.ts";
import type { OverlayStyle } from "./overlay-style.ts";

/** One plane on its canvas, as those see it who draw on it. */
export interface PlaneScreen {
  readonly plane: Plane;
  readonly main: boolean;
  /** The index along the axis that the plane fixes; -1 beside the image, then nothing is drawn. */
  readonly slice: number;
  readonly canvas: HTMLCanvasElement;
  /** Canvas pixels per voxel, and where the plane's upper left corner is. */
  placement(): Placement;
  /** Where on the plane a pointer is, in voxels from its upper left corner. */
  placeAt(event: MouseEvent): Place;
  /** The voxel under a pointer, or null. */
  indexAt(event: MouseEvent): Triple | null;
}

/** Draws over the image and the segments, after them; in canvas pixels. Layers are drawn in the order in which they came. */
export interface Layer {
  draw(screen: PlaneScreen, context: CanvasRenderingContext2D, place: Placement): void;
}

/** Takes the pointer before the planes do: a pen, a caliper. */
export interface Hand {
  /** Whether it holds something; then a double click is not for the planes. */
  readonly active: boolean;
  /** Whether it takes what the press begins. */
  press(screen: PlaneScreen, event: PointerEvent): boolean;
  move(screen: PlaneScreen, event: PointerEvent): void;
  lift(screen: PlaneScreen, event: PointerEvent): void;
  cancel(): void;
  leave(): void;
  /** Shift and wheel; whether it was for this hand. */
  wheel(event: WheelEvent): boolean;
}

/** Fills the pixels of one slice in screen order, each as 0xAABBGGRR. */
export interface Painter {
  paint(plane: Plane, slice: number, pixels: Uint32Array): void;
}

/** A painter whose picture lies over the image and under the outlines. */
export interface Veil extends Painter {
  readonly shown: boolean;
  /** Voxel by voxel, not smoothed. */
  readonly crisp: boolean;
  /** Segments are not filled while it is shown. */
  readonly replacesFill: boolean;
}

export interface Scene {
  readonly grid: Grid;
  readonly display: OverlayStyle;
  readonly layers: Layer[];
  readonly hands: Hand[];
  readonly veils: Veil[];
  /** Null until the first of the image is there. */
  image: Painter | null;
  labels: LabelArray | null;
  /** Which voxels of image and labels have come. */
  there: Span;
  /** The voxel on which the planes meet; of an image that follows another one it may lie between voxels and outside. */
  index: Triple;
  /** What is under the pointer, in words. */
  describe(index: Triple): string;
}

/** What has to be painted again. */
export interface Stale {
  readonly grey?: boolean;
  readonly labels?: boolean;
  /** The labels in this box only. */
  readonly within?: Box;
  readonly veils?: boolean;
  /** Only on the planes of which this is so, by the slice that they show. */
  readonly on?: (plane: Plane, slice: number) => boolean;
}
