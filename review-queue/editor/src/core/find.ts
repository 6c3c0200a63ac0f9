// Where segments are.

import type { Grid, Triple } from "./grid.ts";
import type { LabelArray } from "./labels.ts";

/** The slice with the most voxels, of their numbers on each; of equal ones, the one nearest to their middle; null if there are none. */
export function largestSlice(slices: Int32Array): number | null {
  const all = slices.reduce((sum, voxels) => sum + voxels, 0);
  if (all === 0) return null;
  const middle = slices.reduce((sum, voxels, at) => sum + voxels * at, 0) / all;
  let slice = 0;
  for (let at = 1; at < slices.length; at++) {
    const nearer = Math.abs(at - middle) < Math.abs(slice - middle);
    if (slices[at]! > slices[slice]! || (slices[at] === slices[slice] && nearer)) slice = at;
  }
  return slice;
}

/** The voxel in the middle of a label's largest slice, by the number of its voxels on each; of equal ones, the slice nearest to the label's middle. */
export function middleOf(grid: Grid, labels: LabelArray, label: number, slices: Int32Array): Triple | null {
  const slice = largestSlice(slices);
  if (slice === null) return null;
  let seen = 0;
  const start = slice * grid.strides[2];
  for (let at = start; at < start + grid.strides[2]; at++) {
    if (labels[at] === label && ++seen * 2 >= slices[slice]!) return grid.indexOf(at);
  }
  return null;
}
