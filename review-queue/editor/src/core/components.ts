// Connected parts of a mask: voxels that share a face.

import type { BoxMask } from "./box.ts";

/** Number of the part of each voxel of a mask's box (0 outside of the mask, parts from 1), and the size of each part. */
export interface Parts {
  readonly numbers: Uint32Array;
  /** By number; the first entry is that of no part. */
  readonly sizes: readonly number[];
}

export function partsOf(mask: BoxMask): Parts {
  const { values } = mask;
  const numbers = new Uint32Array(values.length);
  const sizes = [0];
  const neighbours = new Neighbours(mask);
  const stack: number[] = [];
  for (let seed = 0; seed < values.length; seed++) {
    if (values[seed] === 0 || numbers[seed] !== 0) continue;
    const number = sizes.length;
    let size = 0;
    numbers[seed] = number;
    stack.push(seed);
    while (stack.length > 0) {
      const at = stack.pop()!;
      size++;
      neighbours.forEach(at, (next) => {
        if (values[next] === 0 || numbers[next] !== 0) return;
        numbers[next] = number;
        stack.push(next);
      });
    }
    sizes.push(size);
  }
  return { numbers, sizes };
}

/** The number of the largest part, or 0; of equal ones the first. */
export function largestPart(parts: Parts): number {
  let best = 0;
  for (let number = 1; number < parts.sizes.length; number++) if (parts.sizes[number]! > parts.sizes[best]!) best = number;
  return best;
}

/** Neighbours by face within the box of a mask. */
export class Neighbours {
  private readonly columns: number;
  private readonly rows: number;
  private readonly slices: number;

  constructor(mask: BoxMask) {
    [this.columns, this.rows, this.slices] = mask.sizes;
  }

  forEach(at: number, neighbour: (next: number) => void): void {
    const { columns, rows, slices } = this;
    const perSlice = columns * rows;
    const slice = Math.floor(at / perSlice);
    const inSlice = at - slice * perSlice;
    const row = Math.floor(inSlice / columns);
    const column = inSlice - row * columns;
    if (column > 0) neighbour(at - 1);
    if (column < columns - 1) neighbour(at + 1);
    if (row > 0) neighbour(at - columns);
    if (row < rows - 1) neighbour(at + columns);
    if (slice > 0) neighbour(at - perSlice);
    if (slice < slices - 1) neighbour(at + perSlice);
  }
}
