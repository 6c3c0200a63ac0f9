// The shapes of findings on a plane: between places on the screen and points in the patient.

import { type DrawnKind, type Finding, isDrawn } from "./finding.ts";
import type { Triple } from "./grid.ts";
import { type AreaMeasure, areaOf, valueAt } from "./measure.ts";
import type { ImageVolume } from "./image.ts";
import type { Place, Plane } from "./plane.ts";

const ELLIPSE_POINTS = 48;

/** No hand draws more corners, and the server takes no more than 2000. */
const MOST_POINTS = 600;

/** What a finding measures. */
export interface MarkMeasure {
  /** Of a length, in mm. */
  readonly length?: number;
  /** Of what is inside of a border. */
  readonly area?: AreaMeasure;
  /** The rescaled value at a point. */
  readonly value?: number;
}

/** The points in the patient of places on one slice. */
export const pointsAt = (plane: Plane, slice: number, places: readonly Place[]): Triple[] => places.map((place) => plane.grid.toPatient(plane.betweenAt(place, slice)));

/** Where points lie on one slice of a plane, or null if not all of them are nearest to that slice. */
export function placesOn(plane: Plane, slice: number, points: readonly Triple[]): Place[] | null {
  const places: Place[] = [];
  for (const point of points) {
    const index = plane.grid.toIndex(point);
    const off = index[plane.fixed] - slice;
    // Half a slice off belongs to one of the two only.
    if (off < -0.5 - 1e-6 || off >= 0.5 - 1e-6) return null;
    places.push(plane.placeOf(index));
  }
  return places;
}

/** The slice of a plane on which points lie, or null if they lie on several. */
export function sliceOf(plane: Plane, points: readonly Triple[]): number | null {
  const first = points[0];
  if (!first) return null;
  const slice = Math.floor(plane.grid.toIndex(first)[plane.fixed] + 0.5 + 1e-6);
  return placesOn(plane, slice, points) ? slice : null;
}

/** The same points at other places of a plane; how far in front of it they are stays. */
export function replaced(plane: Plane, points: readonly Triple[], places: readonly Place[]): Triple[] {
  return places.map((place, at) => {
    const index = plane.grid.toIndex(points[at]!);
    return plane.grid.toPatient(plane.betweenAt(place, index[plane.fixed]));
  });
}

/** The corners of a rectangle between two opposite ones, each next to the one before. */
export const rectangle = ([u0, v0]: Place, [u1, v1]: Place): Place[] => [
  [u0, v0],
  [u1, v0],
  [u1, v1],
  [u0, v1],
];

/** The border of the ellipse in a rectangle. */
export function ellipse([u0, v0]: Place, [u1, v1]: Place): Place[] {
  return Array.from({ length: ELLIPSE_POINTS }, (_, at) => {
    const angle = (2 * Math.PI * at) / ELLIPSE_POINTS;
    return [(u0 + u1) / 2 + (Math.cos(angle) * (u1 - u0)) / 2, (v0 + v1) / 2 + (Math.sin(angle) * (v1 - v0)) / 2] as const;
  });
}

/** A closed border with as few corners as leave it within `tolerance` (in voxels) of what was drawn. */
export function simplified(border: readonly Place[], tolerance: number): Place[] {
  for (let limit = tolerance; ; limit = limit * 1.5 + 1e-3) {
    const kept = within(border, limit);
    if (kept.length <= MOST_POINTS) return kept;
  }
}

function within(border: readonly Place[], tolerance: number): Place[] {
  const keep = new Uint8Array(border.length);
  if (border.length === 0) return [];
  keep[0] = keep[border.length - 1] = 1;
  const parts: [number, number][] = [[0, border.length - 1]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [from, to] = part;
    let farthest = -1;
    let most = tolerance;
    for (let at = from + 1; at < to; at++) {
      const off = distanceToLine(border[at]!, border[from]!, border[to]!);
      if (off > most) {
        most = off;
        farthest = at;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    parts.push([from, farthest], [farthest, to]);
  }
  return border.filter((_, at) => keep[at] === 1);
}

export function distanceToLine([u, v]: Place, [u0, v0]: Place, [u1, v1]: Place): number {
  const du = u1 - u0;
  const dv = v1 - v0;
  const squared = du * du + dv * dv;
  const along = squared === 0 ? 0 : Math.max(0, Math.min(1, ((u - u0) * du + (v - v0) * dv) / squared));
  return Math.hypot(u - u0 - along * du, v - v0 - along * dv);
}

/** Where a shape is held: its points, or the corners of the rectangle around a border. */
export function handlesOf(kind: DrawnKind, places: readonly Place[]): Place[] {
  if (kind === "point" || kind === "length") return [...places];
  const us = places.map(([u]) => u);
  const vs = places.map(([, v]) => v);
  return rectangle([Math.min(...us), Math.min(...vs)], [Math.max(...us), Math.max(...vs)]);
}

/** The places of a shape whose handle was drawn to another place. */
export function stretched(kind: DrawnKind, places: readonly Place[], handle: number, to: Place): Place[] {
  if (kind === "point" || kind === "length") return places.map((place, at) => (at === handle ? to : place));
  const corners = handlesOf(kind, places);
  const [u0, v0] = corners[(handle + 2) % 4]!;
  const [u1, v1] = corners[handle]!;
  const across = u1 === u0 ? 1 : (to[0] - u0) / (u1 - u0);
  const down = v1 === v0 ? 1 : (to[1] - v0) / (v1 - v0);
  return places.map(([u, v]) => [u0 + (u - u0) * across, v0 + (v - v0) * down]);
}

/** The places of a shape that was moved as a whole, as far as the plane goes. */
export function shifted(plane: Plane, places: readonly Place[], du: number, dv: number): Place[] {
  const us = places.map(([u]) => u);
  const vs = places.map(([, v]) => v);
  const across = Math.max(-Math.min(...us), Math.min(plane.width - Math.max(...us), du));
  const down = Math.max(-Math.min(...vs), Math.min(plane.height - Math.max(...vs), dv));
  return places.map(([u, v]) => [u + across, v + down]);
}

/** The nearest place that belongs to the plane. */
export const onPlane = (plane: Plane, [u, v]: Place): Place => [Math.max(0, Math.min(plane.width, u)), Math.max(0, Math.min(plane.height, v))];

/** Whether a shape has the extent that its kind needs. */
export function isWhole(kind: DrawnKind, places: readonly Place[]): boolean {
  if (kind === "point") return places.length === 1;
  if (kind === "length") return places.length === 2 && Math.hypot(places[1]![0] - places[0]![0], places[1]![1] - places[0]![1]) > 0.05;
  return places.length >= 3 && Math.abs(signedArea(places)) > 0.05;
}

/** In voxels of the plane, squared. */
function signedArea(places: readonly Place[]): number {
  return places.reduce((sum, [u, v], at) => {
    const [u1, v1] = places[(at + 1) % places.length]!;
    return sum + (u * v1 - u1 * v) / 2;
  }, 0);
}

/** What a finding measures; nothing of what is not drawn. */
export function measureOf(image: ImageVolume, planes: readonly Plane[], finding: Finding): MarkMeasure {
  const { points } = finding;
  if (!points || !isDrawn(finding.kind)) return {};
  if (finding.kind === "length") return { length: Math.hypot(...([0, 1, 2] as const).map((axis) => points[1]![axis] - points[0]![axis])) };
  if (finding.kind === "point") {
    const value = valueAt(image, image.grid.toIndex(points[0]!));
    return value === null ? {} : { value };
  }
  for (const plane of planes) {
    const slice = sliceOf(plane, points);
    const places = slice === null ? null : placesOn(plane, slice, points);
    if (slice !== null && places && Math.abs(signedArea(places)) > 1e-9) return { area: areaOf(image, plane, slice, places) };
  }
  return {};
}
