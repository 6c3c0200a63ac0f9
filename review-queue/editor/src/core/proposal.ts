// The labels as they were proposed, small enough to be kept beside the ones that are edited.

import type { LabelArray } from "./labels.ts";

/** Runs of equal labels over the whole volume, with a way in at each row. */
export class ProposedLabels {
  /** Where each run ends; the next one begins there. */
  private readonly ends: Uint32Array;
  private readonly labels: Uint16Array;
  /** The run that the first voxel of each row lies in. */
  private readonly firstRun: Uint32Array;
  private readonly columns: number;

  private constructor(ends: Uint32Array, labels: Uint16Array, firstRun: Uint32Array, columns: number) {
    this.ends = ends;
    this.labels = labels;
    this.firstRun = firstRun;
    this.columns = columns;
  }

  static of(values: LabelArray, columns: number): ProposedLabels {
    const runs = countRuns(values);
    const ends = new Uint32Array(runs);
    const labels = new Uint16Array(runs);
    const firstRun = new Uint32Array(values.length / columns);
    let run = 0;
    let row = 0;
    for (let at = 0; at < values.length; run++) {
      const label = values[at]!;
      let end = at + 1;
      while (end < values.length && values[end] === label) end++;
      ends[run] = end;
      labels[run] = label;
      for (; row * columns < end; row++) firstRun[row] = run;
      at = end;
    }
    return new ProposedLabels(ends, labels, firstRun, columns);
  }

  /** The label that was proposed for a voxel. */
  at(offset: number): number {
    return this.labels[this.runAt(offset)]!;
  }

  /** Calls back for each run of equal labels from one voxel up to another, which is outside. */
  forEachRun(from: number, to: number, run: (start: number, end: number, label: number) => void): void {
    let start = from;
    for (let at = this.runAt(from); start < to; at++) {
      const end = Math.min(to, this.ends[at]!);
      run(start, end, this.labels[at]!);
      start = end;
    }
  }

  /** What it takes of the memory. */
  get bytes(): number {
    return this.ends.byteLength + this.labels.byteLength + this.firstRun.byteLength;
  }

  private runAt(offset: number): number {
    const row = Math.floor(offset / this.columns);
    let low = this.firstRun[row]!;
    let high = row + 1 < this.firstRun.length ? this.firstRun[row + 1]! : this.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ends[middle]! > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function countRuns(values: LabelArray): number {
  let runs = values.length > 0 ? 1 : 0;
  for (let at = 1; at < values.length; at++) if (values[at] !== values[at - 1]) runs++;
  return runs;
}
