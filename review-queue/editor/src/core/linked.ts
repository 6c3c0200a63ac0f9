// A prior image beside the current one: which place of it shows the same part of the patient.

import type { Axis, Grid, Triple } from "./grid.ts";
import { Plane } from "./plane.ts";

/** How two images are brought together. */
export type LinkKind = "position" | "offset" | "none";

/**
 * The way from the current image to a prior one and back, in patient space: grids may lie in any way to each other.
 * Images of one frame of reference are linked by position. Others are not linked until a reader says which two places are
 * the same, and then by the distance between these.
 */
export class Link {
  readonly current: Grid;
  readonly prior: Grid;
  readonly kind: LinkKind;
  /** From a place in the current image to the same in the prior one, in mm. */
  readonly offset: Triple;

  private constructor(current: Grid, prior: Grid, kind: LinkKind, offset: Triple) {
    this.current = current;
    this.prior = prior;
    this.kind = kind;
    this.offset = offset;
  }

  static between(current: Grid, prior: Grid, sameFrameOfReference: boolean): Link {
    return new Link(current, prior, sameFrameOfReference ? "position" : "none", [0, 0, 0]);
  }

  /** A reader says that these two places are the same. */
  linkedAt(inCurrent: Triple, inPrior: Triple): Link {
    const from = this.current.toPatient(inCurrent);
    const to = this.prior.toPatient(inPrior);
    return new Link(this.current, this.prior, "offset", [to[0] - from[0], to[1] - from[1], to[2] - from[2]]);
  }

  get linked(): boolean {
    return this.kind !== "none";
  }

  /** The index in the prior image that shows what the current one has at an index; not rounded, and it may lie outside. */
  toPrior(index: Triple): Triple {
    return this.prior.toIndex(moved(this.current.toPatient(index), this.offset, 1));
  }

  toCurrent(index: Triple): Triple {
    return this.current.toIndex(moved(this.prior.toPatient(index), this.offset, -1));
  }
}

/** The plane of another grid that looks at the patient from the same side. */
export function planeNamed(grid: Grid, name: Plane["name"]): Plane {
  const same = Plane.threeOf(grid).find((plane) => plane.name === name);
  if (!same) throw new Error("every grid has three planes");
  return same;
}

/** The angle between how two planes look at the patient, in degrees. */
export function tiltBetween(one: Plane, other: Plane): number {
  const [a, b] = [one.grid.directions[one.fixed], other.grid.directions[other.fixed]];
  return (Math.acos(Math.min(1, Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]))) * 180) / Math.PI;
}

/** The slice of a plane that is nearest to an index, or null if the index is beside all slices. */
export function sliceAt(plane: Plane, index: Triple): number | null {
  const at: number = index[plane.fixed];
  return at >= -0.5 && at <= plane.count - 0.5 ? Math.max(0, Math.min(plane.count - 1, Math.round(at))) : null;
}

/** The voxel that is nearest to an index, within the grid. */
export function nearestVoxel(grid: Grid, index: Triple): Triple {
  const within = (axis: Axis) => Math.max(0, Math.min(grid.sizes[axis] - 1, Math.round(index[axis])));
  return [within(0), within(1), within(2)];
}

const moved = (from: Triple, by: Triple, sign: 1 | -1): Triple => [from[0] + sign * by[0], from[1] + sign * by[1], from[2] + sign * by[2]];
