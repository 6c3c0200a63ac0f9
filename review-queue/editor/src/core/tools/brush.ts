// A round brush in mm: a disc on one plane, or a ball.

import type { Axis, Grid, Triple } from "../grid.ts";
import type { ImageVolume, ValueRange } from "../image.ts";
import type { Edit } from "../labels.ts";

export interface Brush {
  /** In mm. */
  readonly radius: number;
  /** The plane of a disc by its fixed axis, or "ball". */
  readonly shape: Axis | "ball";
  /** What it paints; 0 erases. */
  readonly label: number;
  /** Only voxels with this label, if given: an eraser that spares the neighbours. */
  readonly only?: number;
  /** Only voxels of these values, if given. */
  readonly within?: { readonly image: ImageVolume; readonly range: ValueRange };
}

const AXES: readonly Axis[] = [0, 1, 2];

/**
 * Paints what the brush passes over on its straight way between two indices (which need not be whole): all voxels whose
 * centre is no farther than the radius from that way, and the voxel that the brush ends on in any case.
 */
export function sweep(edit: Edit, brush: Brush, from: Triple, to: Triple): void {
  const { grid } = edit.labels;
  const inPlane = AXES.filter((axis) => axis !== brush.shape);
  const least: [number, number, number] = [0, 0, 0];
  const largest: [number, number, number] = [0, 0, 0];
  for (const axis of AXES) {
    const reach = inPlane.includes(axis) ? brush.radius / grid.spacings[axis] : 0;
    const [low, high] = from[axis] < to[axis] ? [from[axis], to[axis]] : [to[axis], from[axis]];
    least[axis] = Math.max(0, reach > 0 ? Math.ceil(low - reach) : Math.round(low));
    largest[axis] = Math.min(grid.sizes[axis] - 1, reach > 0 ? Math.floor(high + reach) : Math.round(high));
  }
  const near = nearness(grid, inPlane, from, to, brush.radius);
  for (let slice = least[2]; slice <= largest[2]; slice++) {
    for (let row = least[1]; row <= largest[1]; row++) {
      const start = grid.offset(0, row, slice);
      for (let column = least[0]; column <= largest[0]; column++) {
        if (near(column, row, slice)) paint(edit, brush, start + column);
      }
    }
  }
  const last: Triple = [Math.round(to[0]), Math.round(to[1]), Math.round(to[2])];
  if (grid.contains(last)) paint(edit, brush, grid.offset(...last));
}

function paint(edit: Edit, brush: Brush, offset: number): void {
  if (brush.within) {
    const value = brush.within.image.values[offset]!;
    if (value < brush.within.range.least || value > brush.within.range.largest) return;
  }
  if (brush.only !== undefined && edit.labels.values[offset] !== brush.only) return;
  edit.set(offset, brush.label);
}

/** Whether a voxel's centre is within the radius of the segment between two indices, in mm along the given axes. */
function nearness(grid: Grid, axes: readonly Axis[], from: Triple, to: Triple, radius: number): (c: number, r: number, s: number) => boolean {
  const weights = [0, 1, 2].map((axis) => (axes.includes(axis as Axis) ? grid.spacings[axis as Axis] : 0));
  const [wc, wr, ws] = weights as [number, number, number];
  const [ac, ar, as] = [from[0] * wc, from[1] * wr, from[2] * ws];
  const [dc, dr, ds] = [to[0] * wc - ac, to[1] * wr - ar, to[2] * ws - as];
  const length = dc * dc + dr * dr + ds * ds;
  const limit = radius * radius * (1 + 1e-9);
  return (column, row, slice) => {
    const [pc, pr, ps] = [column * wc - ac, row * wr - ar, slice * ws - as];
    const along = length > 0 ? Math.min(1, Math.max(0, (pc * dc + pr * dr + ps * ds) / length)) : 0;
    const [ec, er, es] = [pc - along * dc, pr - along * dr, ps - along * ds];
    return ec * ec + er * er + es * es <= limit;
  };
}
