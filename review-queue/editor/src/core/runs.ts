// What an edit changed: runs of voxels in ascending order, each with one label before and one after.

import type { Box } from "./box.ts";
import type { Axis, Grid } from "./grid.ts";
import type { LabelArray } from "./labels.ts";

/** Changes of a label array. Runs ascend, do not overlap, and none of them leaves its label as it was. */
export class Delta {
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];

  constructor(starts: readonly number[], lengths: readonly number[], before: readonly number[], after: readonly number[]) {
    this.starts = starts;
    this.lengths = lengths;
    this.before = before;
    this.after = after;
  }

  get runs(): number {
    return this.starts.length;
  }

  get isEmpty(): boolean {
    return this.starts.length === 0;
  }

  /** How many voxels it changes. */
  get voxels(): number {
    return this.lengths.reduce((sum, length) => sum + length, 0);
  }

  /** The change that takes this one back. */
  inverse(): Delta {
    return new Delta(this.starts, this.lengths, this.after, this.before);
  }

  /** @throws Error if the array is not as it was before this change; then nothing is written. */
  applyTo(labels: LabelArray): void {
    for (let run = 0; run < this.runs; run++) {
      const start = this.starts[run]!;
      const end = start + this.lengths[run]!;
      if (end > labels.length) throw new Error("a change reaches beyond the last voxel");
      for (let at = start; at < end; at++) {
        if (labels[at] !== this.before[run]) throw new Error("a change was made of labels that are no longer there, at voxel " + at);
      }
    }
    for (let run = 0; run < this.runs; run++) {
      const start = this.starts[run]!;
      labels.fill(this.after[run]!, start, start + this.lengths[run]!);
    }
  }

  /** How many voxels each label gains and loses. */
  balance(): Map<number, { readonly gained: number; readonly lost: number }> {
    const sums = new Map<number, { gained: number; lost: number }>();
    const of = (label: number) => {
      let sum = sums.get(label);
      if (!sum) sums.set(label, (sum = { gained: 0, lost: 0 }));
      return sum;
    };
    for (let run = 0; run < this.runs; run++) {
      of(this.before[run]!).lost += this.lengths[run]!;
      of(this.after[run]!).gained += this.lengths[run]!;
    }
    return sums;
  }
}

/** A box around a change; what goes on in the next row takes all columns. */
export function boxOfDelta(grid: Grid, { starts, lengths }: Delta): Box | null {
  if (starts.length === 0) return null;
  const [columns, rows] = grid.sizes;
  const least: [number, number, number] = [Infinity, Infinity, Infinity];
  const largest: [number, number, number] = [-1, -1, -1];
  const take = (axis: Axis, from: number, to: number) => {
    least[axis] = Math.min(least[axis], from);
    largest[axis] = Math.max(largest[axis], to);
  };
  starts.forEach((start, run) => {
    const last = start + lengths[run]! - 1;
    const [row, lastRow] = [Math.floor(start / columns), Math.floor(last / columns)];
    const [slice, lastSlice] = [Math.floor(row / rows), Math.floor(lastRow / rows)];
    if (row === lastRow) take(0, start % columns, last % columns);
    else take(0, 0, columns - 1);
    if (slice === lastSlice) take(1, row % rows, lastRow % rows);
    else take(1, 0, rows - 1);
    take(2, slice, lastSlice);
  });
  return { least, largest };
}

/** Collects runs; neighbours with equal labels become one. */
export class DeltaBuilder {
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];
  private readonly before: number[] = [];
  private readonly after: number[] = [];
  private end = 0;

  /** Adds the next run, which begins where the last one ended or later. */
  add(start: number, length: number, before: number, after: number): void {
    if (start < this.end) throw new Error("runs ascend, but one at " + start + " came after " + this.end);
    const last = this.starts.length - 1;
    if (last >= 0 && start === this.end && this.before[last] === before && this.after[last] === after) {
      this.lengths[last]! += length;
    } else {
      this.starts.push(start);
      this.lengths.push(length);
      this.before.push(before);
      this.after.push(after);
    }
    this.end = start + length;
  }

  build(): Delta {
    return new Delta(this.starts, this.lengths, this.before, this.after);
  }
}

/**
 * The runs as they travel: for each one the gap since the end of the run before, its length, and its label afterwards,
 * each as an unsigned LEB128 number. What was there before is known to whoever has the state before.
 */
export function encodeRuns(delta: Delta): Uint8Array {
  const bytes: number[] = [];
  let end = 0;
  let at = 0;
  while (at < delta.runs) {
    const start = delta.starts[at]!;
    const after = delta.after[at]!;
    let length = delta.lengths[at]!;
    // Runs that differ in the label before only are one for whoever knows it.
    while (at + 1 < delta.runs && delta.starts[at + 1] === start + length && delta.after[at + 1] === after) length += delta.lengths[++at]!;
    writeNumber(bytes, start - end);
    writeNumber(bytes, length);
    writeNumber(bytes, after);
    end = start + length;
    at++;
  }
  return Uint8Array.from(bytes);
}

/**
 * Reads what {@link encodeRuns} wrote, over the labels as they were before.
 *
 * @throws Error if it is cut short, reaches beyond the last voxel or has a label above `maxLabel`
 */
export function decodeRuns(bytes: Uint8Array, labels: LabelArray, maxLabel: number): Delta {
  const builder = new DeltaBuilder();
  forEachRun(bytes, labels.length, maxLabel, (start, end, after) => addDifferences(builder, labels, start, end, after));
  return builder.build();
}

/** Of each voxel where this is the highest label. */
export const labelBytes = (maxLabel: number): 1 | 2 => (maxLabel < 256 ? 1 : 2);

/**
 * Tells the runs in order, from the first voxel to the one behind the last.
 *
 * @throws Error as {@link decodeRuns}
 */
export function forEachRun(bytes: Uint8Array, voxels: number, maxLabel: number, run: (start: number, end: number, label: number) => void): void {
  const reader = { bytes, at: 0 };
  let end = 0;
  while (reader.at < bytes.length) {
    const start = end + readNumber(reader);
    const length = readNumber(reader);
    const label = readNumber(reader);
    end = start + length;
    if (length === 0 || end > voxels) throw new Error("a run lies outside of the volume");
    if (label > maxLabel) throw new Error("there is label " + label + ", but " + maxLabel + " is the highest");
    run(start, end, label);
  }
}

function addDifferences(builder: DeltaBuilder, labels: LabelArray, start: number, end: number, after: number): void {
  let at = start;
  while (at < end) {
    const before = labels[at]!;
    let next = at + 1;
    while (next < end && labels[next] === before) next++;
    if (before !== after) builder.add(at, next - at, before, after);
    at = next;
  }
}

function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readNumber(reader: { readonly bytes: Uint8Array; at: number }): number {
  let value = 0;
  let factor = 1;
  for (let count = 0; count < 5; count++) {
    const byte = reader.bytes[reader.at++];
    if (byte === undefined) throw new Error("runs are cut short");
    value += (byte & 127) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
  throw new Error("a number of runs has more than 35 bits");
}
