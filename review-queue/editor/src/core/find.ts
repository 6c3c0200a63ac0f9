// Where segments are.

import type { Grid, Triple } from "./grid.ts";
import type { LabelArray } from "./labels.ts";

/** Per label, how many voxels each slice has. */
export function countBySlice(grid: Grid, labels: LabelArray): Map<number, Uint32Array> {
  const perSlice = grid.strides[2];
  const counts = new Map<number, Uint32Array>();
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at]!;
    if (label === 0) continue;
    let slices = counts.get(label);
    if (!slices) counts.set(label, (slices = new Uint32Array(grid.sizes[2])));
    slices[(at / perSlice) | 0]!++;
  }
  return counts;
}

/** The voxel in the middle of a label's largest slice; of equal ones, the slice nearest to the label's middle. */
export function middleOf(grid: Grid, labels: LabelArray, label: number, slices: Uint32Array): Triple | null {
  const all = slices.reduce((sum, voxels) => sum + voxels, 0);
  const middle = slices.reduce((sum, voxels, at) => sum + voxels * at, 0) / all;
  let slice = 0;
  for (let at = 1; at < slices.length; at++) {
    const nearer = Math.abs(at - middle) < Math.abs(slice - middle);
    if (slices[at]! > slices[slice]! || (slices[at] === slices[slice] && nearer)) slice = at;
  }
  let seen = 0;
  const start = slice * grid.strides[2];
  for (let at = start; at < start + grid.strides[2]; at++) {
    if (labels[at] === label && ++seen * 2 >= slices[slice]!) return grid.indexOf(at);
  }
  return null;
}
