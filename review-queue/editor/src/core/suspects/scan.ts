// Reads a segment out of the labels as runs: small enough to be handed to a worker.

import type { Box } from "../box.ts";
import type { LabelVolume } from "../labels.ts";
import { BACKGROUND } from "../labels.ts";
import { type RowRuns, RowRunsBuilder } from "../row-runs.ts";

export interface SegmentScan {
  readonly segment: number;
  readonly box: Box;
  readonly runs: RowRuns;
  /** Of each run: voxels without a label between it and the run before it in its row. */
  readonly gaps: Int32Array;
  /** Of each run: the mean of the uncertainty map, 0 to 255; empty without a map. */
  readonly doubts: Float32Array;
}

/** Comes back after each slice, so that a page can draw in between; returns what it read. */
export function* scanSegment(labels: LabelVolume, segment: number, box: Box, doubt: Uint8Array | null): Generator<void, SegmentScan> {
  const builder = new RowRunsBuilder();
  const gaps: number[] = [];
  const doubts: number[] = [];
  const { grid, values } = labels;
  const rows = grid.sizes[1];
  const [firstColumn, lastColumn] = [box.least[0], box.largest[0]];
  for (let slice = box.least[2]; slice <= box.largest[2]; slice++) {
    for (let row = box.least[1]; row <= box.largest[1]; row++) {
      const start = grid.offset(0, row, slice);
      const end = start + lastColumn + 1;
      let empty = 0;
      for (let at = start + firstColumn; at < end; at++) {
        const label = values[at]!;
        if (label === BACKGROUND) empty++;
        if (label !== segment) continue;
        const first = at;
        while (at < end && values[at] === segment) at++;
        gaps.push(builder.length > 0 && builder.lastRow === slice * rows + row ? empty : 0);
        builder.add(slice * rows + row, first - start, at - 1 - start);
        if (doubt) doubts.push(mean(doubt, first, at));
        empty = 0;
        at--;
      }
    }
    yield;
  }
  return { segment, box, runs: builder.build(), gaps: Int32Array.from(gaps), doubts: Float32Array.from(doubts) };
}

function mean(values: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at]!;
  return sum / (to - from);
}

/** Runs a task that comes back again and again to its end. */
export function toEnd<T>(task: Generator<void, T>): T {
  let step = task.next();
  while (!step.done) step = task.next();
  return step.value;
}
