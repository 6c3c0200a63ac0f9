// Voxels on their grid, and the three planes through them.
//
// Index order of every array: slice, row, column, column fastest. An index is [column, row, slice]: axis 0 is the column
// index, 1 the row index, 2 the slice index. Patient space is LPS in mm: x grows to the left, y to the back, z to the head.

import type { Space } from "./media.ts";

export type Axis = 0 | 1 | 2;
export type Triple = readonly [number, number, number];

/** The server's word on where the voxels of a task's image lie. */
export interface GridDescription {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  readonly position: readonly number[];
  readonly axes: { readonly column: readonly number[]; readonly row: readonly number[]; readonly slice: readonly number[] };
  readonly spacing: { readonly column: number; readonly row: number; readonly slice: number };
  /** Patient space if it is not said. */
  readonly space?: Space;
}

const AXES: readonly Axis[] = [0, 1, 2];
const ORDERS: readonly (readonly [Axis, Axis, Axis])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** The lattice of voxel centres. */
export class Grid {
  readonly sizes: Triple;
  /** How far apart in an array neighbours along each axis are. */
  readonly strides: Triple;
  /** Between neighbours along each axis, in mm. */
  readonly spacings: Triple;
  /** Unit vectors of the axes in patient space. */
  readonly directions: readonly [Triple, Triple, Triple];
  /** The centre of the first voxel, in mm. */
  readonly position: Triple;
  readonly voxels: number;
  /** In what a position means: without patient space there are no directions, and between slices no distance. */
  readonly space: Space;

  constructor(description: GridDescription) {
    const { columns, rows, slices, position, axes, spacing } = description;
    this.sizes = [columns, rows, slices];
    this.strides = [1, columns, columns * rows];
    this.spacings = [spacing.column, spacing.row, spacing.slice];
    this.directions = [triple(axes.column), triple(axes.row), triple(axes.slice)];
    this.position = triple(position);
    this.voxels = columns * rows * slices;
    this.space = description.space ?? "PATIENT";
    const finite = [...this.spacings, ...this.position, ...this.directions.flat()].every(Number.isFinite);
    const whole = this.sizes.every((size) => Number.isInteger(size) && size > 0);
    if (!finite || !whole || this.spacings.some((mm) => mm <= 0)) {
      throw new Error("The server's geometry is not a grid; the case cannot be shown safely.");
    }
  }

  offset(column: number, row: number, slice: number): number {
    return column + row * this.strides[1] + slice * this.strides[2];
  }

  indexOf(offset: number): Triple {
    const slice = Math.floor(offset / this.strides[2]);
    const inSlice = offset - slice * this.strides[2];
    const row = Math.floor(inSlice / this.strides[1]);
    return [inSlice - row * this.strides[1], row, slice];
  }

  /** Whether it lies in the plane of an image alone: radiographs, ultrasound. */
  get flat(): boolean {
    return this.space !== "PATIENT";
  }

  /** Of lengths in the plane. */
  get unit(): "mm" | "px" {
    return this.space === "IMAGE_PIXELS" ? "px" : "mm";
  }

  contains(index: Triple): boolean {
    return AXES.every((axis) => index[axis] >= 0 && index[axis] < this.sizes[axis]);
  }

  /** The patient position of an index, which need not be whole. */
  toPatient(index: Triple): Triple {
    const along = (d: Axis) =>
      AXES.reduce((sum, axis) => sum + index[axis] * this.spacings[axis] * this.directions[axis][d], this.position[d]);
    return [along(0), along(1), along(2)];
  }

  /** The index of a patient position, not rounded; the axes are at right angles. */
  toIndex(patient: Triple): Triple {
    const along = (axis: Axis) =>
      AXES.reduce<number>((sum, d) => sum + (patient[d] - this.position[d]) * this.directions[axis][d], 0) / this.spacings[axis];
    return [along(0), along(1), along(2)];
  }

  /** The volume of one voxel in mm^3. */
  voxelVolume(): number {
    return this.spacings[0] * this.spacings[1] * this.spacings[2];
  }

  /** For each index axis the patient axis that it runs along most, no two the same. */
  patientAxes(): readonly [Axis, Axis, Axis] {
    const fit = (order: readonly Axis[]) =>
      AXES.reduce<number>((sum, axis) => sum + Math.abs(this.directions[axis][order[axis]!]), 0);
    return ORDERS.reduce((best, order) => (fit(order) > fit(best) + 1e-9 ? order : best));
  }
}

function triple(vector: readonly number[]): Triple {
  const [x, y, z] = vector;
  if (x === undefined || y === undefined || z === undefined || vector.length !== 3) {
    throw new Error("A vector of the server's geometry has " + vector.length + " parts instead of 3.");
  }
  return [x, y, z];
}
