// Growing from a seed over voxels of like values, with a guard against leaks; and tracing one grey level on a slice.

import type { Axis, Triple } from "../grid.ts";
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
  const start = grid.offset(...seed);
  if (!grid.contains(seed) || !inRange(growth, start)) return { voxels: 0, ended: "filled" };
  const layers: number[][] = [[start]];
  const seen = new Bits(grid.voxels);
  seen.add(start);
  let limited = false;
  for (let front = layers[0]!; front.length > 0; front = layers[layers.length - 1]!) {
    const next: number[] = [];
    for (const at of front) {
      forEachNeighbour(growth, edit, at, (neighbour) => {
        if (seen.has(neighbour) || !inRange(growth, neighbour)) return;
        if (distance(grid.indexOf(neighbour), seed, grid.spacings) > growth.reach) {
          limited = true;
          return;
        }
        seen.add(neighbour);
        next.push(neighbour);
      });
    }
    layers.push(next);
  }
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

/** One bit per voxel. */
class Bits {
  private readonly words: Uint32Array;

  constructor(size: number) {
    this.words = new Uint32Array(Math.ceil(size / 32));
  }

  add(at: number): void {
    this.words[at >>> 5]! |= 1 << (at & 31);
  }

  has(at: number): boolean {
    return (this.words[at >>> 5]! & (1 << (at & 31))) !== 0;
  }
}

function inRange(growth: Growth, at: number): boolean {
  const value = growth.image.values[at]!;
  return value >= growth.range.least && value <= growth.range.largest;
}

function forEachNeighbour(growth: Growth, edit: Edit, at: number, neighbour: (next: number) => void): void {
  const { grid } = edit.labels;
  const index = grid.indexOf(at);
  for (const axis of [0, 1, 2] as const) {
    if (axis === growth.extent) continue;
    if (index[axis] > 0) neighbour(at - grid.strides[axis]);
    if (index[axis] < grid.sizes[axis] - 1) neighbour(at + grid.strides[axis]);
  }
}

function distance(a: Triple, b: Triple, spacings: Triple): number {
  return Math.hypot((a[0] - b[0]) * spacings[0], (a[1] - b[1]) * spacings[1], (a[2] - b[2]) * spacings[2]);
}
