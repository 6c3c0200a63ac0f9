// A label map as it came, in runs, laid out slice by slice: what is looked at first does not wait for the rest.

import type { Grid } from "./grid.ts";
import { BACKGROUND, type LabelArray } from "./labels.ts";
import { forEachRun, labelBytes } from "./runs.ts";

/** Gap, length and label take a byte at least. */
const LEAST_BYTES = 3;

export class LabelRuns {
  private readonly grid: Grid;
  private readonly maxLabel: number;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly labels: Uint16Array;
  private count = 0;

  /** @throws Error as {@link forEachRun} */
  constructor(grid: Grid, bytes: Uint8Array, maxLabel: number) {
    const most = Math.floor(bytes.length / LEAST_BYTES);
    this.grid = grid;
    this.maxLabel = maxLabel;
    this.starts = new Int32Array(most);
    this.ends = new Int32Array(most);
    this.labels = new Uint16Array(most);
    forEachRun(bytes, grid.voxels, maxLabel, (start, end, label) => {
      this.starts[this.count] = start;
      this.ends[this.count] = end;
      this.labels[this.count++] = label;
    });
  }

  /** An array for all of them, with no label yet. */
  empty(): LabelArray {
    return labelBytes(this.maxLabel) === 1 ? new Uint8Array(this.grid.voxels) : new Uint16Array(this.grid.voxels);
  }

  /** All of them, laid out. */
  all(): LabelArray {
    const labels = this.empty();
    this.forEach((start, end, label) => labels.fill(label, start, end));
    return labels;
  }

  /** Tells the runs that have a label, in order, from the first voxel to the one behind the last. */
  forEach(run: (start: number, end: number, label: number) => void): void {
    for (let at = 0; at < this.count; at++) if (this.labels[at] !== BACKGROUND) run(this.starts[at]!, this.ends[at]!, this.labels[at]!);
  }

  /** How many voxels a label has on each slice. */
  onSlices(label: number): Int32Array {
    const perSlice = this.grid.strides[2];
    const voxels = new Int32Array(this.grid.sizes[2]);
    for (let run = 0; run < this.count; run++) {
      if (this.labels[run] !== label) continue;
      const end = this.ends[run]!;
      for (let at = this.starts[run]!; at < end; ) {
        const slice = Math.floor(at / perSlice);
        const next = Math.min(end, (slice + 1) * perSlice);
        voxels[slice]! += next - at;
        at = next;
      }
    }
    return voxels;
  }

  /** Writes the labels of one slice. */
  lay(slice: number, into: LabelArray): void {
    const from = slice * this.grid.strides[2];
    const to = from + this.grid.strides[2];
    for (let run = this.firstAfter(from); run < this.count && this.starts[run]! < to; run++) {
      into.fill(this.labels[run]!, Math.max(from, this.starts[run]!), Math.min(to, this.ends[run]!));
    }
  }

  /** The first run that ends behind a voxel. */
  private firstAfter(voxel: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! > voxel) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
