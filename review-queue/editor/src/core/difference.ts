// How the labels differ from the proposal now: per segment, per connected place, and on a slice.

import { BACKGROUND, type Edit, type LabelVolume } from "./labels.ts";
import type { Triple } from "./grid.ts";
import type { Plane } from "./plane.ts";
import type { ProposedLabels } from "./proposal.ts";
import { type RowRuns, RowRunsBuilder, type RunPart, partsOfRuns } from "./row-runs.ts";
import type { Delta } from "./runs.ts";

/** Voxels that a segment has and had not, and the other way round. */
export interface Balance {
  readonly added: number;
  readonly removed: number;
}

/** What became of a voxel: as proposed, new, taken away, or given to another segment. */
export const SAME = 0;
export const ADDED = 1;
export const REMOVED = 2;
export const RENAMED = 3;

/** A connected place that differs. */
export interface ChangedPlace extends RunPart {
  /** Per segment that gained or lost by it. */
  readonly segments: ReadonlyMap<number, Balance>;
}

export class Difference {
  private readonly labels: LabelVolume;
  private readonly proposed: ProposedLabels;
  /** 1 for each row that was ever touched; no other row can differ. */
  private readonly touched: Uint8Array;
  private readonly sums = new Map<number, { added: number; removed: number }>();

  /** @param steps the changes that the labels have had since they were proposed */
  constructor(labels: LabelVolume, proposed: ProposedLabels, steps: readonly Delta[] = []) {
    this.labels = labels;
    this.proposed = proposed;
    this.touched = new Uint8Array(labels.grid.sizes[1] * labels.grid.sizes[2]);
    for (const step of steps) this.touch(step);
    for (const row of this.rows()) this.forEachDifference(row, (start, end, was, is) => this.count(was, is, end - start));
  }

  /** Of labels that came by no steps. */
  static between(labels: LabelVolume, proposed: ProposedLabels): Difference {
    const difference = new Difference(labels, proposed);
    for (let row = 0; row < difference.touched.length; row++) {
      difference.forEachDifference(row, (start, end, was, is) => {
        difference.touched[row] = 1;
        difference.count(was, is, end - start);
      });
    }
    return difference;
  }

  /** The labels have changed by this. */
  apply(delta: Delta): void {
    this.touch(delta);
    for (let run = 0; run < delta.runs; run++) {
      const { before, after } = delta;
      this.proposed.forEachRun(delta.starts[run]!, delta.starts[run]! + delta.lengths[run]!, (start, end, was) => {
        if (before[run] !== was) this.count(was, before[run]!, start - end);
        if (after[run] !== was) this.count(was, after[run]!, end - start);
      });
    }
  }

  /** Segments that differ, with what they gained and lost, in voxels. */
  get balance(): ReadonlyMap<number, Balance> {
    return new Map([...this.sums].filter(([, { added, removed }]) => added + removed > 0).sort(([a], [b]) => a - b));
  }

  get isEmpty(): boolean {
    return this.balance.size === 0;
  }

  /** The connected places that differ, the largest one first. */
  places(): ChangedPlace[] {
    const { grid } = this.labels;
    const runs = this.runs();
    return partsOfRuns(grid, runs).map((part) => ({ ...part, segments: this.balanceOf(runs, part) }));
  }

  /** The place that a voxel is of, or null if it is as it was proposed. */
  placeAt(index: Triple): ChangedPlace | null {
    const { grid, values } = this.labels;
    const offset = grid.offset(...index);
    if (values[offset] === this.proposed.at(offset)) return null;
    const runs = this.runs();
    const row = Math.floor(offset / grid.sizes[0]);
    const part = partsOfRuns(grid, runs).find((one) => one.runs.some((run) => runs.rows[run] === row && runs.firsts[run]! <= index[0] && index[0] <= runs.lasts[run]!));
    return part ? { ...part, segments: this.balanceOf(runs, part) } : null;
  }

  /** Gives one connected place back what was proposed for it. */
  revertPlace(edit: Edit, index: Triple): void {
    const runs = this.runs();
    const place = this.placeAt(index);
    const columns = this.labels.grid.sizes[0];
    for (const run of place?.runs ?? []) {
      const start = runs.rows[run]! * columns;
      for (let at = start + runs.firsts[run]!; at <= start + runs.lasts[run]!; at++) edit.set(at, this.proposed.at(at));
    }
  }

  /** Gives one voxel back what was proposed for it. */
  revertVoxel(edit: Edit, offset: number): void {
    const was = this.proposed.at(offset);
    if (this.labels.values[offset] !== was) edit.set(offset, was);
  }

  /** What became of each pixel of a slice, in screen order; says whether any differs. */
  onSlice(plane: Plane, slice: number, target: Uint8Array): boolean {
    const { grid, values } = this.labels;
    const columns = grid.sizes[0];
    let any = false;
    target.fill(SAME);
    plane.extract(slice, (pixel, offset) => {
      if (this.touched[Math.floor(offset / columns)] === 0) return;
      const was = this.proposed.at(offset);
      const is = values[offset]!;
      if (is === was) return;
      target[pixel] = was === BACKGROUND ? ADDED : is === BACKGROUND ? REMOVED : RENAMED;
      any = true;
    });
    return any;
  }

  private *rows(): Generator<number> {
    for (let row = this.touched.indexOf(1); row >= 0; row = this.touched.indexOf(1, row + 1)) yield row;
  }

  private touch(delta: Delta): void {
    const columns = this.labels.grid.sizes[0];
    for (let run = 0; run < delta.runs; run++) {
      const last = Math.floor((delta.starts[run]! + delta.lengths[run]! - 1) / columns);
      for (let row = Math.floor(delta.starts[run]! / columns); row <= last; row++) this.touched[row] = 1;
    }
  }

  private count(was: number, is: number, voxels: number): void {
    if (was !== BACKGROUND) this.sum(was).removed += voxels;
    if (is !== BACKGROUND) this.sum(is).added += voxels;
  }

  private sum(label: number): { added: number; removed: number } {
    let sum = this.sums.get(label);
    if (!sum) this.sums.set(label, (sum = { added: 0, removed: 0 }));
    return sum;
  }

  private runs(): RowRuns {
    const builder = new RowRunsBuilder();
    const columns = this.labels.grid.sizes[0];
    for (const row of this.rows()) {
      let first = -1;
      let next = -1;
      this.forEachDifference(row, (start, end) => {
        if (start !== next) {
          if (first >= 0) builder.add(row, first - row * columns, next - 1 - row * columns);
          first = start;
        }
        next = end;
      });
      if (first >= 0) builder.add(row, first - row * columns, next - 1 - row * columns);
    }
    return builder.build();
  }

  private balanceOf(runs: RowRuns, part: RunPart): ReadonlyMap<number, Balance> {
    const sums = new Map<number, { added: number; removed: number }>();
    const of = (label: number) => sums.get(label) ?? sums.set(label, { added: 0, removed: 0 }).get(label)!;
    const columns = this.labels.grid.sizes[0];
    for (const run of part.runs) {
      const start = runs.rows[run]! * columns;
      this.differences(start + runs.firsts[run]!, start + runs.lasts[run]! + 1, (from, to, was, is) => {
        if (was !== BACKGROUND) of(was).removed += to - from;
        if (is !== BACKGROUND) of(is).added += to - from;
      });
    }
    return sums;
  }

  private forEachDifference(row: number, run: (start: number, end: number, was: number, is: number) => void): void {
    const columns = this.labels.grid.sizes[0];
    this.differences(row * columns, (row + 1) * columns, run);
  }

  private differences(from: number, to: number, run: (start: number, end: number, was: number, is: number) => void): void {
    const { values } = this.labels;
    this.proposed.forEachRun(from, to, (start, end, was) => {
      let at = start;
      while (at < end) {
        const is = values[at]!;
        let next = at + 1;
        while (next < end && values[next] === is) next++;
        if (is !== was) run(at, next, was, is);
        at = next;
      }
    });
  }
}
