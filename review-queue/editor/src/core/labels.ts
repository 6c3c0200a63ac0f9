// The label map that is edited, and which voxels an edit may change.

import type { Box } from "./box.ts";
import type { Grid } from "./grid.ts";
import { type Delta, DeltaBuilder } from "./runs.ts";

/** One label per voxel, 0 for none; order slice, row, column. Eight bits wide if all labels fit. */
export type LabelArray = Uint8Array | Uint16Array;

export const BACKGROUND = 0;

/** The highest label that a schema has, 0 if it has none. */
export const highestLabelOf = (segments: readonly { readonly number: number }[]): number => Math.max(0, ...segments.map(({ number }) => number));

/** Rules that hold for every tool. */
export interface PaintRules {
  /** Segments that neither gain nor lose a voxel. */
  readonly locked: ReadonlySet<number>;
  /** What may be painted over: everything, only what has no label, or only these labels (and what has none). */
  readonly overwrite: "all" | "empty" | ReadonlySet<number>;
}

export const FREE: PaintRules = { locked: new Set(), overwrite: "all" };

/** Labels on their grid. Only {@link Edit}s and {@link Delta}s write them. */
export class LabelVolume {
  readonly grid: Grid;
  readonly values: LabelArray;
  readonly maxLabel: number;

  constructor(grid: Grid, values: LabelArray, maxLabel: number) {
    if (values.length !== grid.voxels) throw new Error("the labels have " + values.length + " voxels, the grid " + grid.voxels);
    this.grid = grid;
    this.values = values;
    this.maxLabel = maxLabel;
  }

  static empty(grid: Grid, maxLabel: number): LabelVolume {
    return new LabelVolume(grid, maxLabel < 256 ? new Uint8Array(grid.voxels) : new Uint16Array(grid.voxels), maxLabel);
  }

  edit(rules: PaintRules): Edit {
    return new Edit(this, rules);
  }
}

/**
 * One step of the history while it is made: voxels change at once, and the rows that are touched are kept as they were.
 * Ends by {@link commit} or {@link cancel}.
 */
export class Edit {
  readonly labels: LabelVolume;
  private readonly rules: PaintRules;
  private readonly rows = new Map<number, LabelArray>();
  /** 1 for each row that is in the map: asked for each voxel. */
  private readonly kept: Uint8Array;
  private readonly columns: number;
  private readonly mayBecome = new Map<number, Uint8Array>();

  constructor(labels: LabelVolume, rules: PaintRules) {
    this.labels = labels;
    this.rules = rules;
    this.columns = labels.grid.sizes[0];
    this.kept = new Uint8Array(labels.grid.sizes[1] * labels.grid.sizes[2]);
  }

  /** Gives one voxel a label, if the rules allow. */
  set(offset: number, label: number): void {
    const { values } = this.labels;
    if (this.allowed(label)[values[offset]!] === 0) return;
    const row = Math.floor(offset / this.columns);
    if (this.kept[row] === 0) this.keepRow(row);
    values[offset] = label;
  }

  /** A box around the rows that it has touched so far, or null if there are none. */
  touched(): Box | null {
    if (this.rows.size === 0) return null;
    const rows = this.labels.grid.sizes[1];
    let [row, lastRow, slice, lastSlice] = [Infinity, -1, Infinity, -1];
    for (const one of this.rows.keys()) {
      const at = Math.floor(one / rows);
      row = Math.min(row, one - at * rows);
      lastRow = Math.max(lastRow, one - at * rows);
      slice = Math.min(slice, at);
      lastSlice = Math.max(lastSlice, at);
    }
    return { least: [0, row, slice], largest: [this.columns - 1, lastRow, lastSlice] };
  }

  /** What the voxel had before this edit. */
  before(offset: number): number {
    const row = Math.floor(offset / this.columns);
    const kept = this.rows.get(row);
    return kept ? kept[offset - row * this.columns]! : this.labels.values[offset]!;
  }

  /** Takes back what has been changed so far, so that a preview can be made anew. */
  reset(): void {
    for (const [row, kept] of this.rows) this.labels.values.set(kept, row * this.columns);
    this.forget();
  }

  cancel(): void {
    this.reset();
  }

  /** What changed, in ascending order; empty if nothing did. */
  commit(): Delta {
    const builder = new DeltaBuilder();
    for (const row of [...this.rows.keys()].sort((a, b) => a - b)) this.compareRow(row, this.rows.get(row)!, builder);
    this.forget();
    return builder.build();
  }

  private compareRow(row: number, kept: LabelArray, builder: DeltaBuilder): void {
    const start = row * this.columns;
    const { values } = this.labels;
    let at = 0;
    while (at < this.columns) {
      const before = kept[at]!;
      const after = values[start + at]!;
      let next = at + 1;
      while (next < this.columns && kept[next] === before && values[start + next] === after) next++;
      if (before !== after) builder.add(start + at, next - at, before, after);
      at = next;
    }
  }

  private forget(): void {
    this.rows.clear();
    this.kept.fill(0);
  }

  private keepRow(row: number): void {
    this.kept[row] = 1;
    const start = row * this.columns;
    this.rows.set(row, this.labels.values.slice(start, start + this.columns));
  }

  /** By label that is there: 1 if it may become this one. */
  private allowed(label: number): Uint8Array {
    let table = this.mayBecome.get(label);
    if (table) return table;
    if (label > this.labels.maxLabel || label < 0) throw new Error("there is no segment " + label);
    const { locked, overwrite } = this.rules;
    table = new Uint8Array(this.labels.maxLabel + 1);
    for (let from = 0; from <= this.labels.maxLabel; from++) {
      const overwritten = from === BACKGROUND || label === BACKGROUND || overwrite === "all" || (overwrite !== "empty" && overwrite.has(from));
      if (from !== label && overwritten && !locked.has(from) && !locked.has(label)) table[from] = 1;
    }
    this.mayBecome.set(label, table);
    return table;
  }
}
