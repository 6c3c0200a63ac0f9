// Connected parts of a mask: voxels that share a face. Found from the runs of its rows, which are far fewer than its voxels.

import type { BoxMask } from "./box.ts";
import { RowRuns, RowRunsBuilder, joined, rootOf } from "./row-runs.ts";

/** Number of the part of each voxel of a mask's box (0 outside of the mask, parts from 1), and the size of each part. */
export interface Parts {
  readonly numbers: Uint32Array;
  /** By number; the first entry is that of no part. */
  readonly sizes: readonly number[];
}

/** The runs of a mask in its own rows, the number of the part of each, from 1, and the sizes of the parts. */
export interface NumberedRuns {
  readonly runs: RowRuns;
  readonly numbers: Uint32Array;
  readonly sizes: readonly number[];
}

/** The parts of what is inside (1) or outside (0) of a mask, within its box; numbered in the order of their first voxels. */
export function numberedRuns(mask: BoxMask, value: 0 | 1 = 1): NumberedRuns {
  const runs = runsOf(mask, value);
  const roots = joined(mask.sizes[1], runs);
  const numbers = new Uint32Array(runs.length);
  const ofRoot = new Uint32Array(runs.length);
  const sizes = [0];
  for (let run = 0; run < runs.length; run++) {
    const root = rootOf(roots, run);
    if (ofRoot[root] === 0) {
      ofRoot[root] = sizes.length;
      sizes.push(0);
    }
    const number = ofRoot[root]!;
    numbers[run] = number;
    sizes[number]! += runs.voxels(run);
  }
  return { runs, numbers, sizes };
}

export function partsOf(mask: BoxMask): Parts {
  const { runs, numbers, sizes } = numberedRuns(mask);
  const columns = mask.sizes[0];
  const ofVoxels = new Uint32Array(mask.values.length);
  for (let run = 0; run < runs.length; run++) {
    const start = runs.rows[run]! * columns;
    ofVoxels.fill(numbers[run]!, start + runs.firsts[run]!, start + runs.lasts[run]! + 1);
  }
  return { numbers: ofVoxels, sizes };
}

/** The runs of a value in the rows of a mask. */
export function runsOf({ values, sizes }: BoxMask, value: 0 | 1): RowRuns {
  const builder = new RowRunsBuilder();
  const columns = sizes[0];
  const rows = sizes[1] * sizes[2];
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      if (values[start + column] !== value) continue;
      const first = column;
      while (column + 1 < columns && values[start + column + 1] === value) column++;
      builder.add(row, first, column);
    }
  }
  return builder.build();
}

/** The number of the largest part, or 0; of equal ones the first. */
export function largestPart(parts: Pick<Parts, "sizes">): number {
  let best = 0;
  for (let number = 1; number < parts.sizes.length; number++) if (parts.sizes[number]! > parts.sizes[best]!) best = number;
  return best;
}
