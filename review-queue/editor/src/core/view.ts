// Which part of a plane a canvas shows, and how large.

import type { Box } from "./box.ts";
import type { Place, Plane } from "./plane.ts";

/** In pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** At zoom 1 the whole plane fills the canvas in one direction. */
export interface View {
  readonly zoom: number;
  /** The place in the middle of the canvas; null for the middle of the plane. */
  readonly centre: Place | null;
}

/** Canvas pixels per voxel in both directions, and where the plane's upper left corner is. */
export interface Placement {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
}

export const WHOLE: View = { zoom: 1, centre: null };

const LEAST_ZOOM = 0.5;
const LARGEST_ZOOM = 24;

/** Beside a segment that is fitted: this part of it on each side, and at least so many mm of what is around it. */
const MARGIN = 0.15;
const LEAST_MARGIN_MM = 12;

export const middleOfPlane = (plane: Plane): Place => [plane.width / 2, plane.height / 2];

/** Canvas pixels per mm at zoom 1; the same in both directions, so that pixels that are not square look as they are. */
export const pixelsPerMm = (plane: Plane, canvas: Extent): number => Math.min(canvas.width / plane.widthMm, canvas.height / plane.heightMm);

export function placementOf(plane: Plane, canvas: Extent, { zoom, centre }: View): Placement {
  return placedAt(plane, canvas, pixelsPerMm(plane, canvas) * zoom, centre ?? middleOfPlane(plane));
}

/** A place in the middle of the canvas at so many pixels per mm. */
export function placedAt(plane: Plane, canvas: Extent, perMm: number, [u, v]: Place): Placement {
  const scaleX = plane.pixelWidth * perMm;
  const scaleY = plane.pixelHeight * perMm;
  return { scaleX, scaleY, left: canvas.width / 2 - u * scaleX, top: canvas.height / 2 - v * scaleY };
}

/** The view in which a box of voxels is in the middle, with a margin, as large as it goes. */
export function fitted(plane: Plane, canvas: Extent, box: Box): View {
  const [u0, v0] = plane.placeOf(box.least);
  const [u1, v1] = plane.placeOf(box.largest);
  const across = withMargin((Math.abs(u1 - u0) + 1) * plane.pixelWidth);
  const down = withMargin((Math.abs(v1 - v0) + 1) * plane.pixelHeight);
  const zoom = Math.min(canvas.width / across, canvas.height / down) / pixelsPerMm(plane, canvas);
  // Smaller than whole helps nobody.
  if (zoom <= 1) return WHOLE;
  return { zoom: Math.min(LARGEST_ZOOM, zoom), centre: [(u0 + u1) / 2, (v0 + v1) / 2] };
}

/** Larger or smaller by a factor, with what is in the middle, or at `fixed`, staying where it is. */
export function zoomed(plane: Plane, view: View, factor: number, fixed?: Place): View {
  const zoom = Math.min(LARGEST_ZOOM, Math.max(LEAST_ZOOM, view.zoom * factor));
  const [u, v] = view.centre ?? middleOfPlane(plane);
  if (!fixed) return { zoom, centre: view.centre };
  const part = view.zoom / zoom;
  return { zoom, centre: [fixed[0] + (u - fixed[0]) * part, fixed[1] + (v - fixed[1]) * part] };
}

/** Moved by so many canvas pixels. */
export function panned(plane: Plane, canvas: Extent, view: View, dx: number, dy: number): View {
  const { scaleX, scaleY } = placementOf(plane, canvas, view);
  const [u, v] = view.centre ?? middleOfPlane(plane);
  return { zoom: view.zoom, centre: [u - dx / scaleX, v - dy / scaleY] };
}

/** The place on the plane under a pixel of the canvas. */
export const placeUnder = (place: Placement, x: number, y: number): Place => [(x - place.left) / place.scaleX, (y - place.top) / place.scaleY];

const withMargin = (mm: number): number => mm + 2 * Math.max(LEAST_MARGIN_MM, mm * MARGIN);
