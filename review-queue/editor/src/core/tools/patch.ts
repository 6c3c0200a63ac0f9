// Masks and changes as runs that travel between the page and the server.

import type { Box } from "../box.ts";
import { BACKGROUND, type Edit, type LabelVolume } from "../labels.ts";
import { DeltaBuilder, decodeRuns, encodeRuns } from "../runs.ts";

/** The voxels of a label within a box, as runs of label 1. */
export function maskRuns({ grid, values }: LabelVolume, label: number, box: Box): Uint8Array {
  const runs = new DeltaBuilder();
  for (let slice = box.least[2]; slice <= box.largest[2]; slice++) {
    for (let row = box.least[1]; row <= box.largest[1]; row++) {
      const start = grid.offset(box.least[0], row, slice);
      const end = start + box.largest[0] - box.least[0] + 1;
      for (let at = start; at < end; at++) if (values[at] === label) runs.add(at, 1, 0, 1);
    }
  }
  return encodeRuns(runs.build());
}

/**
 * Paints what runs say.
 *
 * @param only of this segment what it gains and loses; everything if null
 */
export function applyRuns(edit: Edit, runs: Uint8Array, only: number | null): void {
  const { values, maxLabel } = edit.labels;
  const { starts, lengths, before, after } = decodeRuns(runs, values, maxLabel);
  for (let run = 0; run < starts.length; run++) {
    if (only !== null && before[run] !== only && after[run] !== only) continue;
    // What the segment loses is for nobody else if it alone was asked about.
    const to = only === null || after[run] === only ? after[run]! : BACKGROUND;
    for (let at = starts[run]!; at < starts[run]! + lengths[run]!; at++) edit.set(at, to);
  }
}
