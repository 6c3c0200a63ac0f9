// Masks that are larger or smaller by a distance in mm, exactly, between voxel centres.

import { BoxMask } from "./box.ts";
import { runsOf } from "./components.ts";
import { squaredDistances } from "./distance.ts";
import type { Triple } from "./grid.ts";

/** What is computed as far is not farther for the last digit of a number. */
const TOLERANCE = 1 + 1e-9;
/** The way over distances costs as much as filling so many spans per voxel. */
const DISTANCE_COST = 0.6;

/** All voxels of the box that are no farther than `mm` from one of the mask. */
export function dilated(mask: BoxMask, mm: number): BoxMask {
  return new BoxMask(mask.grid, mask.box, near(mask, 1, mm));
}

/** The voxels of the mask that are farther than `mm` from all of the box that are outside of it. */
export function eroded(mask: BoxMask, mm: number): BoxMask {
  const values = near(mask, 0, mm);
  for (let at = 0; at < values.length; at++) values[at] = 1 - values[at]!;
  return new BoxMask(mask.grid, mask.box, values);
}

/** 1 where a voxel with this value is no farther than `mm`. */
function near(mask: BoxMask, value: 0 | 1, mm: number): Uint8Array {
  const runs = runsOf(mask, value);
  const spans = spansWithin(mm, mask.grid.spacings);
  if (runs.length * spans.length > DISTANCE_COST * mask.values.length) return byDistance(mask, value, mm);
  const [columns, rows, slices] = mask.sizes;
  const result = new Uint8Array(mask.values.length);
  for (let run = 0; run < runs.length; run++) {
    const slice = Math.floor(runs.rows[run]! / rows);
    const row = runs.rows[run]! - slice * rows;
    for (const [down, along, reach] of spans) {
      const [r, s] = [row + down, slice + along];
      if (r < 0 || s < 0 || r >= rows || s >= slices) continue;
      const start = (s * rows + r) * columns;
      result.fill(1, start + Math.max(0, runs.firsts[run]! - reach), start + Math.min(columns - 1, runs.lasts[run]! + reach) + 1);
    }
  }
  return result;
}

function byDistance(mask: BoxMask, value: 0 | 1, mm: number): Uint8Array {
  const squares = squaredDistances(mask, value);
  const limit = mm * mm * TOLERANCE;
  const result = new Uint8Array(squares.length);
  for (let at = 0; at < result.length; at++) if (squares[at]! <= limit) result[at] = 1;
  return result;
}

/** Rows around one, by how many rows and slices they are off, and how many columns to each side are still within the distance. */
function spansWithin(mm: number, [across, down, along]: Triple): (readonly [rows: number, slices: number, columns: number])[] {
  const limit = mm * mm * TOLERANCE;
  const spans: (readonly [number, number, number])[] = [];
  const [mostRows, mostSlices] = [Math.floor((mm / down) * TOLERANCE), Math.floor((mm / along) * TOLERANCE)];
  for (let slices = -mostSlices; slices <= mostSlices; slices++) {
    for (let rows = -mostRows; rows <= mostRows; rows++) {
      const rest = limit - (rows * down) ** 2 - (slices * along) ** 2;
      if (rest < 0) continue;
      let columns = Math.floor(Math.sqrt(rest) / across) + 1;
      while ((columns * across) ** 2 > rest) columns--;
      spans.push([rows, slices, columns]);
    }
  }
  return spans;
}
