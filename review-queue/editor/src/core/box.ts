// A box of voxels, and masks within one: what a tool works on is mostly much smaller than the volume.

import type { Axis, Grid, Triple } from "./grid.ts";
import type { LabelArray } from "./labels.ts";

/** From the first to the last index along each axis, both inside. */
export interface Box {
  readonly least: Triple;
  readonly largest: Triple;
}

export const boxOf = (grid: Grid): Box => ({ least: [0, 0, 0], largest: [grid.sizes[0] - 1, grid.sizes[1] - 1, grid.sizes[2] - 1] });

/** A voxel in the middle of it. */
export const centreOf = ({ least, largest }: Box): Triple => [(least[0] + largest[0]) >> 1, (least[1] + largest[1]) >> 1, (least[2] + largest[2]) >> 1];

/** One slice along an axis. */
export function sliceBox(grid: Grid, fixed: Axis, slice: number): Box {
  const whole = boxOf(grid);
  const at = (from: Triple): Triple => [fixed === 0 ? slice : from[0], fixed === 1 ? slice : from[1], fixed === 2 ? slice : from[2]];
  return { least: at(whole.least), largest: at(whole.largest) };
}

/** As much larger on all sides as needed for `mm`, within the grid. */
export function grown(grid: Grid, box: Box, mm: number): Box {
  const more = (axis: Axis) => Math.ceil(mm / grid.spacings[axis]) + 1;
  const least = (axis: Axis) => Math.max(0, box.least[axis] - more(axis));
  const largest = (axis: Axis) => Math.min(grid.sizes[axis] - 1, box.largest[axis] + more(axis));
  return { least: [least(0), least(1), least(2)], largest: [largest(0), largest(1), largest(2)] };
}

/** The smallest box that holds all voxels of a label, or null if it has none. */
export function boxOfLabel(grid: Grid, values: LabelArray, label: number, within: Box = boxOf(grid)): Box | null {
  const least = [Infinity, Infinity, Infinity];
  const largest = [-1, -1, -1];
  // Where the label is next: rows before it are passed over without a look at their voxels.
  let next = -1;
  for (let slice = within.least[2]; slice <= within.largest[2]; slice++) {
    for (let row = within.least[1]; row <= within.largest[1]; row++) {
      const start = grid.offset(0, row, slice);
      if (next < start + within.least[0]) next = values.indexOf(label, start + within.least[0]);
      if (next < 0) return largest[2]! < 0 ? null : asBox(least, largest);
      if (next > start + within.largest[0]) continue;
      const last = values.lastIndexOf(label, start + within.largest[0]) - start;
      least[0] = Math.min(least[0]!, next - start);
      largest[0] = Math.max(largest[0]!, last);
      least[1] = Math.min(least[1]!, row);
      largest[1] = Math.max(largest[1]!, row);
      least[2] = Math.min(least[2]!, slice);
      largest[2] = slice;
    }
  }
  return largest[2]! < 0 ? null : asBox(least, largest);
}

const asBox = ([c0, r0, s0]: readonly number[], [c1, r1, s1]: readonly number[]): Box => ({ least: [c0!, r0!, s0!], largest: [c1!, r1!, s1!] });

/** The smallest box around two boxes. */
export const joint = (one: Box, other: Box): Box => ({
  least: [Math.min(one.least[0], other.least[0]), Math.min(one.least[1], other.least[1]), Math.min(one.least[2], other.least[2])],
  largest: [Math.max(one.largest[0], other.largest[0]), Math.max(one.largest[1], other.largest[1]), Math.max(one.largest[2], other.largest[2])],
});

/** What two boxes share; a box without voxels if they share none. */
export const common = (one: Box, other: Box): Box => ({
  least: [Math.max(one.least[0], other.least[0]), Math.max(one.least[1], other.least[1]), Math.max(one.least[2], other.least[2])],
  largest: [Math.min(one.largest[0], other.largest[0]), Math.min(one.largest[1], other.largest[1]), Math.min(one.largest[2], other.largest[2])],
});

export const contains = ({ least, largest }: Box, index: Triple): boolean =>
  index.every((at, axis) => at >= least[axis]! && at <= largest[axis]!);

export const voxelsIn = ({ least, largest }: Box): number =>
  ([0, 1, 2] as const).reduce<number>((product, axis) => product * Math.max(0, largest[axis] - least[axis] + 1), 1);

/** One byte per voxel of a box, 1 inside of the mask; order as that of the grid. */
export class BoxMask {
  readonly grid: Grid;
  readonly box: Box;
  readonly sizes: Triple;
  readonly values: Uint8Array;

  constructor(grid: Grid, box: Box, values?: Uint8Array) {
    this.grid = grid;
    this.box = box;
    this.sizes = [
      box.largest[0] - box.least[0] + 1,
      box.largest[1] - box.least[1] + 1,
      box.largest[2] - box.least[2] + 1,
    ];
    this.values = values ?? new Uint8Array(this.sizes[0] * this.sizes[1] * this.sizes[2]);
  }

  static ofLabel(grid: Grid, labels: LabelArray, label: number, box: Box): BoxMask {
    const mask = new BoxMask(grid, box);
    mask.forEachRow((inMask, inGrid, length) => {
      for (let i = 0; i < length; i++) if (labels[inGrid + i] === label) mask.values[inMask + i] = 1;
    });
    return mask;
  }

  /** Calls back for each row of the box: where it begins in the mask and in the grid, and its length. */
  forEachRow(row: (inMask: number, inGrid: number, length: number) => void): void {
    const [columns, rows, slices] = this.sizes;
    for (let slice = 0; slice < slices; slice++) {
      for (let at = 0; at < rows; at++) {
        row((slice * rows + at) * columns, this.grid.offset(this.box.least[0], this.box.least[1] + at, this.box.least[2] + slice), columns);
      }
    }
  }

  /** Calls back with the grid's offset of each voxel inside of the mask. */
  forEach(voxel: (inGrid: number) => void): void {
    this.forEachRow((inMask, inGrid, length) => {
      for (let i = 0; i < length; i++) if (this.values[inMask + i] !== 0) voxel(inGrid + i);
    });
  }

  count(): number {
    return this.values.reduce((sum, value) => sum + value, 0);
  }
}
