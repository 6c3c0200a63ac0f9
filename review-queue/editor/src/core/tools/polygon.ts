// Areas with a drawn border on one plane: lasso and polygon fill, and scissors that cut through all slices.

import type { Edit } from "../labels.ts";
import type { Place, Plane } from "../plane.ts";
import type { ImageVolume, ValueRange } from "../image.ts";

/** Pixels of a plane as spans of a line: from the first to the last, both inside. */
export interface Span {
  readonly line: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The pixels whose centre lies inside of a closed polygon, by the even-odd rule.
 *
 * @param border places in pixels from the plane's upper left corner; the last one is joined to the first
 */
export function spansOf(border: readonly Place[], width: number, height: number): Span[] {
  const spans: Span[] = [];
  if (border.length < 3) return spans;
  const downs = border.map(([, down]) => down);
  const top = Math.max(0, Math.floor(Math.min(...downs)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...downs)));
  for (let line = top; line <= bottom; line++) {
    const crossings = crossingsAt(border, line + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const first = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const last = Math.min(width - 1, Math.ceil(crossings[i + 1]! - 0.5) - 1);
      if (first <= last) spans.push({ line, first, last });
    }
  }
  return spans;
}

function crossingsAt(border: readonly Place[], y: number): number[] {
  const crossings: number[] = [];
  let [x0, y0] = border[border.length - 1]!;
  for (const [x1, y1] of border) {
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    [x0, y0] = [x1, y1];
  }
  return crossings.sort((a, b) => a - b);
}

/** Gives what is inside of the border a label, on one slice. */
export function fillPolygon(
  edit: Edit,
  plane: Plane,
  slice: number,
  border: readonly Place[],
  label: number,
  within?: { readonly image: ImageVolume; readonly range: ValueRange },
): void {
  const layout = plane.layout(slice);
  for (const { line, first, last } of spansOf(border, plane.width, plane.height)) {
    for (let u = first; u <= last; u++) {
      const offset = layout.first + u * layout.stepAcross + line * layout.stepDown;
      if (within) {
        const value = within.image.values[offset]!;
        if (value < within.range.least || value > within.range.largest) continue;
      }
      edit.set(offset, label);
    }
  }
}

/** Takes a label away from what is inside (or outside) of the border, on all slices of the plane from `first` to `last`. */
export function cut(
  edit: Edit,
  plane: Plane,
  slices: Slices,
  border: readonly Place[],
  label: number,
  where: "inside" | "outside",
): void {
  const { values } = edit.labels;
  forEachInside(plane, slices, border, where, (offset) => {
    if (values[offset] === label) edit.set(offset, 0);
  });
}

/** Hands each voxel inside of the border to what gives it back. */
export function revertInside(plane: Plane, slices: Slices, border: readonly Place[], revert: (offset: number) => void): void {
  forEachInside(plane, slices, border, "inside", revert);
}

/** Of a plane, both inside. */
export interface Slices {
  readonly first: number;
  readonly last: number;
}

function forEachInside(plane: Plane, slices: Slices, border: readonly Place[], where: "inside" | "outside", voxel: (offset: number) => void): void {
  const inside = new Uint8Array(plane.width * plane.height);
  for (const { line, first, last } of spansOf(border, plane.width, plane.height)) {
    inside.fill(1, line * plane.width + first, line * plane.width + last + 1);
  }
  const wanted = where === "inside" ? 1 : 0;
  for (let slice = slices.first; slice <= slices.last; slice++) {
    const { first, stepAcross, stepDown } = plane.layout(slice);
    for (let v = 0; v < plane.height; v++) {
      for (let u = 0; u < plane.width; u++) {
        if (inside[v * plane.width + u] === wanted) voxel(first + u * stepAcross + v * stepDown);
      }
    }
  }
}
