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
    const runs = new GrowingRuns();
    const firstRun = new Uint32Array(values.length / columns);
    const endOf = runEnds(values);
    let row = 0;
    for (let at = 0; at < values.length; ) {
      const end = endOf(at);
      for (; row * columns < end; row++) firstRun[row] = runs.count;
      runs.add(end, values[at]!);
      at = end;
    }
    return new ProposedLabels(runs.ends.slice(0, runs.count), runs.labels.slice(0, runs.count), firstRun, columns);
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

class GrowingRuns {
  ends = new Uint32Array(1 << 16);
  labels = new Uint16Array(1 << 16);
  count = 0;

  add(end: number, label: number): void {
    if (this.count === this.ends.length) {
      const [ends, labels] = [this.ends, this.labels];
      this.ends = new Uint32Array(2 * ends.length);
      this.labels = new Uint16Array(2 * labels.length);
      this.ends.set(ends);
      this.labels.set(labels);
    }
    this.ends[this.count] = end;
    this.labels[this.count++] = label;
  }
}

/** Where the run of equal labels ends that a voxel is in; long ones are passed over four voxels at a time. */
function runEnds(values: LabelArray): (from: number) => number {
  const wide = values.length % 4 === 0 && values.byteOffset % 4 === 0 && values instanceof Uint8Array;
  const words = wide ? new Uint32Array(values.buffer, values.byteOffset, values.length / 4) : null;
  return (from) => {
    const label = values[from]!;
    let at = from + 1;
    while (at % 4 !== 0 && at < values.length && values[at] === label) at++;
    if (words && at % 4 === 0) {
      const word = (label * 0x01010101) >>> 0;
      let next = at / 4;
      while (next < words.length && words[next] === word) next++;
      at = next * 4;
    }
    while (at < values.length && values[at] === label) at++;
    return at;
  };
}
