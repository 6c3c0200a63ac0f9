// How the image of a case is hung up for its reader, as its protocol says.

import type { Axis, Grid } from "./grid.ts";
import { Plane } from "./plane.ts";

export type Layout = "three_planes" | "one_plane" | "two_by_two";

export interface Hanging {
  /** The first is the large one; those that are not named follow. Empty: as the image was made. */
  readonly planes: readonly ("axial" | "coronal" | "sagittal")[];
  readonly layout: Layout;
  /** Of rescaled values; absent for what is usual for the modality. */
  readonly window?: { readonly level: number; readonly width: number };
  /** Absent for what the reader last chose. */
  readonly overlay?: "outline" | "filled";
  /** Whether the planes close in on a segment that is gone to. */
  readonly zoomToSegment: boolean;
  /** Whether the latest earlier image of the patient hangs beside. */
  readonly prior: boolean;
}

export const USUAL: Hanging = { planes: [], layout: "three_planes", zoomToSegment: false, prior: false };

export const LAYOUTS: readonly Layout[] = ["three_planes", "one_plane", "two_by_two"];

/** The planes in the order in which they are shown; of an image of one slice, or of frames, only that one. */
export function planesOf(grid: Grid, { planes: wished }: Hanging): readonly Plane[] {
  const all = Plane.threeOf(grid);
  // Across the frames of a loop there is time and no plane.
  if (grid.flat) return [all[0]];
  const flat = ([2, 1, 0] as readonly Axis[]).find((axis) => grid.sizes[axis] === 1);
  if (flat !== undefined) return all.filter((plane) => plane.fixed === flat);
  const place = (plane: Plane) => {
    const at = wished.indexOf(plane.name.toLowerCase() as "axial");
    return at < 0 ? wished.length : at;
  };
  return [...all].sort((a, b) => place(a) - place(b));
}

/** How many of the planes are seen at once. */
export const planesSeen = (layout: Layout, planes: readonly Plane[]): number => (layout === "one_plane" ? 1 : planes.length);
