// Growing from a seed over voxels of like values, with a guard against leaks; and tracing one grey level on a slice.

import { type Box, boxOf, sliceBox } from "../box.ts";
import type { Axis, Grid, Triple } from "../grid.ts";
import type { ImageVolume, ValueRange } from "../image.ts";
import type { Edit } from "../labels.ts";

export interface Growth {
  readonly image: ImageVolume;
  readonly range: ValueRange;
  readonly label: number;
  /** On one plane by its fixed axis, or in space. */
  readonly extent: Axis | "volume";
  /** No farther from the seed than this, in mm. */
  readonly reach: number;
  /** Whether to stop where the growth has passed a neck and widens again. */
  readonly guarded: boolean;
}

export interface Grown {
  readonly voxels: number;
  /** Where it was stopped: it filled what it could, met the limit of reach, or came through a neck. */
  readonly ended: "filled" | "reach" | "leak";
}

/** A front has to widen to this many times the narrowest one behind it to count as a leak. */
const WIDENED = 3;
/** And the narrowest one has to be this much narrower than the widest one before it. */
const NARROWED = 3;

/** Grows from the seed layer by layer, neighbours by face; a seed out of range grows nothing. */
export function grow(edit: Edit, growth: Growth, seed: Triple): Grown {
  const { grid } = edit.labels;
  if (!grid.contains(seed) || !inRange(growth, grid.offset(...seed))) return { voxels: 0, ended: "filled" };
  const { layers, limited } = new Flood(grid, growth, seed).spread();
  const neck = growth.guarded ? neckOf(layers.map((layer) => layer.length)) : layers.length;
  const kept = layers.slice(0, neck);
  for (const layer of kept) for (const at of layer) edit.set(at, growth.label);
  return { voxels: kept.reduce((sum, layer) => sum + layer.length, 0), ended: neck < layers.length ? "leak" : limited ? "reach" : "filled" };
}

/** The number of layers before the narrowest one of a neck, or all of them. */
export function neckOf(sizes: readonly number[]): number {
  let widest = 0;
  let neck = 0;
  for (let at = 0; at < sizes.length; at++) {
    const size = sizes[at]!;
    const narrow = sizes[neck]!;
    if (narrow * NARROWED <= widest && size >= narrow * WIDENED && narrow > 0) return neck;
    if (size >= widest) {
      widest = size;
      neck = at;
    } else if (size < narrow) {
      neck = at;
    }
  }
  return sizes.length;
}

/** Gives the label to what lies around the seed on one slice at its grey level or above it, holes included. */
export function levelTrace(edit: Edit, image: ImageVolume, seed: Triple, label: number, fixed: Axis): Grown {
  const { grid } = edit.labels;
  const level = image.values[grid.offset(...seed)]!;
  return grow(edit, { image, range: { least: level, largest: 32767 }, label, extent: fixed, reach: Infinity, guarded: false }, seed);
}

function inRange({ image, range }: Growth, at: number): boolean {
  const value = image.values[at]!;
  return value >= range.least && value <= range.largest;
}

/** The offsets that a growth comes to, layer by layer. */
class Flood {
  private readonly grid: Grid;
  private readonly growth: Growth;
  private readonly box: Box;
  private readonly sizes: Triple;
  /** One byte per voxel of the box that the growth can reach. */
  private readonly seen: Uint8Array;
  /** Squared distances from the seed along each axis. */
  private readonly squares: readonly [Float64Array, Float64Array, Float64Array];
  private readonly farthest: number;
  private readonly seed: Triple;
  private next: number[] = [];
  private limited = false;

  constructor(grid: Grid, growth: Growth, seed: Triple) {
    this.grid = grid;
    this.growth = growth;
    this.seed = seed;
    this.box = reachBox(grid, growth, seed);
    this.farthest = growth.reach ** 2;
    const size = (axis: Axis) => this.box.largest[axis] - this.box.least[axis] + 1;
    this.sizes = [size(0), size(1), size(2)];
    this.seen = new Uint8Array(size(0) * size(1) * size(2));
    const along = (axis: Axis) => Float64Array.from({ length: size(axis) }, (_, at) => ((at + this.box.least[axis] - seed[axis]) * grid.spacings[axis]) ** 2);
    this.squares = [along(0), along(1), along(2)];
  }

  spread(): { readonly layers: readonly (readonly number[])[]; readonly limited: boolean } {
    const { least } = this.box;
    const [columns, rows] = this.sizes;
    const [, downStride, alongStride] = this.grid.strides;
    const first = this.grid.offset(...least);
    const layers: number[][] = [];
    this.visit(this.seed[0] - least[0], this.seed[1] - least[1], this.seed[2] - least[2]);
    while (this.next.length > 0) {
      const front = this.next;
      this.next = [];
      for (let at = 0; at < front.length; at++) {
        const inBox = front[at]!;
        const line = Math.floor(inBox / columns);
        const column = inBox - line * columns;
        const slice = Math.floor(line / rows);
        const row = line - slice * rows;
        this.visit(column - 1, row, slice);
        this.visit(column + 1, row, slice);
        this.visit(column, row - 1, slice);
        this.visit(column, row + 1, slice);
        this.visit(column, row, slice - 1);
        this.visit(column, row, slice + 1);
        front[at] = first + column + row * downStride + slice * alongStride;
      }
      layers.push(front);
    }
    return { layers: [...layers, []], limited: this.limited };
  }

  private visit(column: number, row: number, slice: number): void {
    const [columns, rows, slices] = this.sizes;
    if (column < 0 || row < 0 || slice < 0 || column >= columns || row >= rows || slice >= slices) return;
    const at = (slice * rows + row) * columns + column;
    if (this.seen[at] !== 0) return;
    this.seen[at] = 1;
    const { least } = this.box;
    if (!inRange(this.growth, this.grid.offset(column + least[0], row + least[1], slice + least[2]))) return;
    if (this.squares[0][column]! + this.squares[1][row]! + this.squares[2][slice]! > this.farthest) this.limited = true;
    else this.next.push(at);
  }
}

/** The box that a growth can reach, and one voxel more, so that what lies beyond is seen. */
export function reachBox(grid: Grid, { extent, reach }: Pick<Growth, "extent" | "reach">, seed: Triple): Box {
  const limits = extent === "volume" ? boxOf(grid) : sliceBox(grid, extent, seed[extent]);
  if (!Number.isFinite(reach)) return limits;
  const least = (axis: Axis) => Math.max(limits.least[axis], seed[axis] - Math.floor(reach / grid.spacings[axis]) - 1);
  const largest = (axis: Axis) => Math.min(limits.largest[axis], seed[axis] + Math.floor(reach / grid.spacings[axis]) + 1);
  return { least: [least(0), least(1), least(2)], largest: [largest(0), largest(1), largest(2)] };
}
