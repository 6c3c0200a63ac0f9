// How far voxels are from a mask, in mm, exactly: one pass of lower envelopes of parabolas per axis.

import type { BoxMask } from "./box.ts";

const FAR = 1e20;

/** Squared distance of each voxel of the box to the nearest voxel centre inside of the mask; 0 inside, very large if there is none. */
export function squaredDistances(mask: BoxMask, target: 0 | 1 = 1): Float64Array {
  const { sizes, values } = mask;
  const squares = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) squares[at] = values[at] === target ? 0 : FAR;
  const steps = [1, sizes[0], sizes[0] * sizes[1]] as const;
  for (const axis of [0, 1, 2] as const) {
    if (sizes[axis] > 1) new Envelope(sizes[axis], mask.grid.spacings[axis] ** 2).alongAll(squares, steps[axis]);
  }
  return squares;
}

/**
 * Distance from the border of the mask in mm: negative inside, positive outside. The border runs half way between a voxel
 * inside and one outside.
 */
export function signedDistances(mask: BoxMask): Float32Array {
  const outside = squaredDistances(mask, 1);
  const inside = squaredDistances(mask, 0);
  const signed = new Float32Array(outside.length);
  for (let at = 0; at < signed.length; at++) signed[at] = Math.sqrt(outside[at]!) - Math.sqrt(inside[at]!);
  return signed;
}

/** The lower envelope of the parabolas that stand on the values of one line. */
class Envelope {
  private readonly length: number;
  private readonly weight: number;
  private readonly line: Float64Array;
  private readonly roots: Int32Array;
  private readonly borders: Float64Array;

  constructor(length: number, weight: number) {
    this.length = length;
    this.weight = weight;
    this.line = new Float64Array(length);
    this.roots = new Int32Array(length);
    this.borders = new Float64Array(length + 1);
  }

  alongAll(squares: Float64Array, step: number): void {
    const block = step * this.length;
    for (let outer = 0; outer < squares.length; outer += block) {
      for (let inner = 0; inner < step; inner++) this.along(squares, outer + inner, step);
    }
  }

  private along(squares: Float64Array, first: number, step: number): void {
    const { length, weight, line, roots, borders } = this;
    for (let at = 0; at < length; at++) line[at] = squares[first + at * step]!;
    let top = 0;
    roots[0] = 0;
    borders[0] = -Infinity;
    borders[1] = Infinity;
    for (let at = 1; at < length; at++) {
      let crossing = this.crossing(at, roots[top]!);
      while (crossing <= borders[top]!) crossing = this.crossing(at, roots[--top]!);
      roots[++top] = at;
      borders[top] = crossing;
      borders[top + 1] = Infinity;
    }
    let under = 0;
    for (let at = 0; at < length; at++) {
      while (borders[under + 1]! < at) under++;
      const root = roots[under]!;
      squares[first + at * step] = Math.min(FAR, weight * (at - root) ** 2 + line[root]!);
    }
  }

  private crossing(later: number, earlier: number): number {
    const { weight, line } = this;
    return (line[later]! - line[earlier]! + weight * (later * later - earlier * earlier)) / (2 * weight * (later - earlier));
  }
}
