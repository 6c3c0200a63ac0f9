// What the model thinks of one segment: a byte per voxel of a box, 255 certain, outside of the box nothing.

import type { Box } from "./box.ts";
import type { Grid } from "./grid.ts";

const MAGIC = 0x42505046;
const HEADER_BYTES = 32;

export class Probability {
  readonly segment: number;
  readonly box: Box;
  private readonly grid: Grid;
  private readonly values: Uint8Array;

  private constructor(grid: Grid, segment: number, box: Box, values: Uint8Array) {
    this.grid = grid;
    this.segment = segment;
    this.box = box;
    this.values = values;
  }

  /**
   * Reads what `/probabilities/{segment}` sends: "FPPB", segment number, first column, row and slice, columns, rows and
   * slices of the box (signed 32-bit, little endian), then the values, order slice, row, column.
   *
   * @throws Error if it is not whole or does not lie on the grid
   */
  static read(bytes: Uint8Array, grid: Grid): Probability {
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < HEADER_BYTES || words.getInt32(0, true) !== MAGIC) throw new Error("these are no probabilities");
    const word = (at: number) => words.getInt32(4 * at, true);
    const least = [word(2), word(3), word(4)] as const;
    const sizes = [word(5), word(6), word(7)] as const;
    const largest = [least[0] + sizes[0] - 1, least[1] + sizes[1] - 1, least[2] + sizes[2] - 1] as const;
    const voxels = sizes[0] * sizes[1] * sizes[2];
    if (sizes.some((size) => size < 1) || !grid.contains(least) || !grid.contains(largest)) throw new Error("the probabilities are of another grid");
    if (bytes.length !== HEADER_BYTES + voxels) throw new Error("the probabilities are not whole");
    return new Probability(grid, word(1), { least, largest }, bytes.subarray(HEADER_BYTES));
  }

  /** Of the voxels of one row of the grid, from a column on; nought where the row leaves the box. */
  row(column: number, row: number, slice: number, target: Uint8Array): void {
    target.fill(0);
    const { least, largest } = this.box;
    if (row < least[1] || row > largest[1] || slice < least[2] || slice > largest[2]) return;
    const first = Math.max(column, least[0]);
    const end = Math.min(column + target.length, largest[0] + 1);
    if (first >= end) return;
    const columns = largest[0] - least[0] + 1;
    const rows = largest[1] - least[1] + 1;
    const start = ((slice - least[2]) * rows + row - least[1]) * columns - least[0];
    target.set(this.values.subarray(start + first, start + end), first - column);
  }

  /** At a voxel of the grid, by its offset. */
  at(offset: number): number {
    const [column, row, slice] = this.grid.indexOf(offset);
    const one = new Uint8Array(1);
    this.row(column, row, slice, one);
    return one[0]!;
  }
}
