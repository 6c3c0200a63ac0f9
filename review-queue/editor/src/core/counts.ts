// How many voxels each label has, in all and per index along each axis; kept up with each change instead of counted again.

import { type Box } from "./box.ts";
import type { Axis, Grid } from "./grid.ts";
import type { LabelRuns } from "./label-runs.ts";
import { BACKGROUND, type LabelArray } from "./labels.ts";
import type { Delta } from "./runs.ts";

/** Voxels per index, one array per axis. */
type Counted = readonly [Int32Array, Int32Array, Int32Array];

export class LabelCounts {
  private readonly grid: Grid;
  private readonly byLabel = new Map<number, Counted>();

  private constructor(grid: Grid) {
    this.grid = grid;
  }

  /** Counts once; {@link apply} keeps it right. */
  static of(grid: Grid, labels: LabelArray): LabelCounts {
    const counts = new LabelCounts(grid);
    counts.count(labels);
    return counts;
  }

  /** Counts a label map that is not laid out yet. */
  static ofRuns(grid: Grid, runs: LabelRuns): LabelCounts {
    const counts = new LabelCounts(grid);
    const ends = new Map<number, Int32Array>();
    runs.forEach((start, end, label) => counts.inRows(start, end, (row, from, to) => counts.addRun(label, row, from, to, ends)));
    counts.close(ends);
    return counts;
  }

  private count(labels: LabelArray): void {
    const { grid } = this;
    const columns = grid.sizes[0];
    const rows = labels.length / columns;
    const words = wordsOf(labels, columns);
    const ends = new Map<number, Int32Array>();
    for (let row = 0; row < rows; row++) if (!words || hasLabel(words.values, row * words.perRow, words.perRow)) this.countRow(labels, row, ends);
    this.close(ends);
  }

  private close(ends: Map<number, Int32Array>): void {
    for (const [label, steps] of ends) sumUp(steps, this.of(label)[0]);
  }

  /** How many voxels the label has. */
  total(label: number): number {
    return this.byLabel.get(label)?.[2].reduce((sum, voxels) => sum + voxels, 0) ?? 0;
  }

  /** Per index along an axis; all nought if the label is nowhere. */
  along(label: number, axis: Axis): Int32Array {
    return this.of(label)[axis];
  }

  /** The smallest box around the label, or null if it is nowhere. */
  boxOf(label: number): Box | null {
    const counted = this.byLabel.get(label);
    if (!counted) return null;
    const first = counted.map((voxels) => voxels.findIndex((one) => one > 0));
    const last = counted.map((voxels) => voxels.findLastIndex((one) => one > 0));
    if (first[0]! < 0) return null;
    return { least: [first[0]!, first[1]!, first[2]!], largest: [last[0]!, last[1]!, last[2]!] };
  }

  apply(delta: Delta): void {
    for (let run = 0; run < delta.runs; run++) {
      const start = delta.starts[run]!;
      this.inRows(start, start + delta.lengths[run]!, (row, from, to) => {
        this.add(delta.before[run]!, row, from, to - from, -1);
        this.add(delta.after[run]!, row, from, to - from, 1);
      });
    }
  }

  /** The parts of a run in each row, by their first column and the one behind their last. */
  private inRows(start: number, end: number, part: (row: number, from: number, to: number) => void): void {
    const columns = this.grid.sizes[0];
    for (let at = start; at < end; ) {
      const row = Math.floor(at / columns);
      const next = Math.min(end, (row + 1) * columns);
      part(row, at - row * columns, next - row * columns);
      at = next;
    }
  }

  private add(label: number, row: number, column: number, length: number, sign: 1 | -1): void {
    if (label === BACKGROUND) return;
    const counted = this.of(label);
    for (let at = column; at < column + length; at++) counted[0][at]! += sign;
    this.addLines(counted, row, sign * length);
  }

  private addLines(counted: Counted, row: number, voxels: number): void {
    const rows = this.grid.sizes[1];
    const slice = Math.floor(row / rows);
    counted[1][row - slice * rows]! += voxels;
    counted[2][slice]! += voxels;
  }

  private countRow(labels: LabelArray, row: number, ends: Map<number, Int32Array>): void {
    const columns = this.grid.sizes[0];
    const start = row * columns;
    let at = 0;
    while (at < columns) {
      const label = labels[start + at]!;
      let next = at + 1;
      while (next < columns && labels[start + next] === label) next++;
      if (label !== BACKGROUND) this.addRun(label, row, at, next, ends);
      at = next;
    }
  }

  private addRun(label: number, row: number, from: number, to: number, ends: Map<number, Int32Array>): void {
    let steps = ends.get(label);
    if (!steps) ends.set(label, (steps = new Int32Array(this.grid.sizes[0] + 1)));
    steps[from]!++;
    steps[to]!--;
    this.addLines(this.of(label), row, to - from);
  }

  private of(label: number): Counted {
    let counted = this.byLabel.get(label);
    if (!counted) {
      const [columns, rows, slices] = this.grid.sizes;
      this.byLabel.set(label, (counted = [new Int32Array(columns), new Int32Array(rows), new Int32Array(slices)]));
    }
    return counted;
  }
}

function sumUp(steps: Int32Array, into: Int32Array): void {
  let open = 0;
  for (let at = 0; at < into.length; at++) into[at] = open += steps[at]!;
}

// Most rows of a volume have no label at all: four voxels are looked at at once.
function wordsOf(labels: LabelArray, columns: number): { readonly values: Uint32Array; readonly perRow: number } | null {
  const bytes = columns * labels.BYTES_PER_ELEMENT;
  if (bytes % 4 !== 0 || labels.byteOffset % 4 !== 0) return null;
  return { values: new Uint32Array(labels.buffer, labels.byteOffset, labels.byteLength / 4), perRow: bytes / 4 };
}

function hasLabel(words: Uint32Array, start: number, length: number): boolean {
  for (let at = start; at < start + length; at++) if (words[at] !== 0) return true;
  return false;
}
