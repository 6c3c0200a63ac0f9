// Voxels as runs within rows: what is connected is found from the runs, in time and memory that grow with them and not with the volume.

import type { Box } from "./box.ts";
import type { Grid, Triple } from "./grid.ts";

/** Runs of voxels, each within one row; in ascending order, none touching the one before it. */
export class RowRuns {
  /** slice x rows + row, of each run. */
  readonly rows: Int32Array;
  /** First and last column of each run, both inside. */
  readonly firsts: Int32Array;
  readonly lasts: Int32Array;

  constructor(rows: Int32Array, firsts: Int32Array, lasts: Int32Array) {
    this.rows = rows;
    this.firsts = firsts;
    this.lasts = lasts;
  }

  get length(): number {
    return this.rows.length;
  }

  /** How many voxels run number `at` has. */
  voxels(at: number): number {
    return this.lasts[at]! - this.firsts[at]! + 1;
  }
}

export class RowRunsBuilder {
  private readonly rows: number[] = [];
  private readonly firsts: number[] = [];
  private readonly lasts: number[] = [];

  add(row: number, first: number, last: number): void {
    this.rows.push(row);
    this.firsts.push(first);
    this.lasts.push(last);
  }

  get length(): number {
    return this.rows.length;
  }

  /** The row of the run that was added last, or -1. */
  get lastRow(): number {
    return this.rows[this.rows.length - 1] ?? -1;
  }

  build(): RowRuns {
    return new RowRuns(Int32Array.from(this.rows), Int32Array.from(this.firsts), Int32Array.from(this.lasts));
  }
}

/** A connected part: voxels that share a face. */
export interface RunPart {
  /** Numbers of its runs, ascending. */
  readonly runs: readonly number[];
  readonly voxels: number;
  readonly box: Box;
  /** The voxel of it that is nearest to its middle. */
  readonly middle: Triple;
}

/** The connected parts, the largest one first. */
export function partsOfRuns(grid: Grid, runs: RowRuns): RunPart[] {
  const groups = new Map<number, number[]>();
  const roots = joined(grid, runs);
  for (let run = 0; run < runs.length; run++) {
    const root = rootOf(roots, run);
    const group = groups.get(root);
    if (group) group.push(run);
    else groups.set(root, [run]);
  }
  return [...groups.values()].map((group) => partOf(grid, runs, group)).sort((a, b) => b.voxels - a.voxels || a.runs[0]! - b.runs[0]!);
}

/** For each run one that it is connected with, up to a root of each part. */
function joined(grid: Grid, runs: RowRuns): Int32Array {
  const roots = Int32Array.from({ length: runs.length }, (_, run) => run);
  const starts = new Map<number, number>();
  for (let run = 0; run < runs.length; run++) if (run === 0 || runs.rows[run] !== runs.rows[run - 1]) starts.set(runs.rows[run]!, run);
  const perSlice = grid.sizes[1];
  for (const [row, start] of starts) {
    if (row % perSlice !== 0) joinRows(runs, roots, start, starts.get(row - 1));
    joinRows(runs, roots, start, starts.get(row - perSlice));
  }
  return roots;
}

/** Joins the runs of two rows that share a column. */
function joinRows(runs: RowRuns, roots: Int32Array, here: number, there: number | undefined): void {
  if (there === undefined) return;
  const { rows, firsts, lasts } = runs;
  const row = rows[here];
  const other = rows[there];
  let a = here;
  let b = there;
  while (rows[a] === row && rows[b] === other) {
    if (firsts[a]! <= lasts[b]! && firsts[b]! <= lasts[a]!) roots[rootOf(roots, a)] = rootOf(roots, b);
    if (lasts[a]! < lasts[b]!) a++;
    else b++;
  }
}

function rootOf(roots: Int32Array, run: number): number {
  let at = run;
  while (roots[at] !== at) {
    roots[at] = roots[roots[at]!]!;
    at = roots[at]!;
  }
  return at;
}

/** What several runs are together. */
export function partOf(grid: Grid, runs: RowRuns, group: readonly number[]): RunPart {
  const perSlice = grid.sizes[1];
  const least: [number, number, number] = [Infinity, Infinity, Infinity];
  const largest: [number, number, number] = [-1, -1, -1];
  const sums = [0, 0, 0];
  let voxels = 0;
  for (const run of group) {
    const slice = Math.floor(runs.rows[run]! / perSlice);
    const row = runs.rows[run]! - slice * perSlice;
    const count = runs.voxels(run);
    [runs.firsts[run]!, row, slice].forEach((from, axis) => (least[axis] = Math.min(least[axis]!, from)));
    [runs.lasts[run]!, row, slice].forEach((to, axis) => (largest[axis] = Math.max(largest[axis]!, to)));
    [(runs.firsts[run]! + runs.lasts[run]!) / 2, row, slice].forEach((middle, axis) => (sums[axis]! += middle * count));
    voxels += count;
  }
  const centre: Triple = [sums[0]! / voxels, sums[1]! / voxels, sums[2]! / voxels];
  return { runs: group, voxels, box: { least, largest }, middle: nearest(grid, runs, group, centre) };
}

function nearest(grid: Grid, runs: RowRuns, group: readonly number[], centre: Triple): Triple {
  const perSlice = grid.sizes[1];
  let best: Triple = [0, 0, 0];
  let shortest = Infinity;
  for (const run of group) {
    const slice = Math.floor(runs.rows[run]! / perSlice);
    const row = runs.rows[run]! - slice * perSlice;
    const column = Math.min(runs.lasts[run]!, Math.max(runs.firsts[run]!, Math.round(centre[0])));
    const away = Math.hypot((column - centre[0]) * grid.spacings[0], (row - centre[1]) * grid.spacings[1], (slice - centre[2]) * grid.spacings[2]);
    if (away < shortest) {
      shortest = away;
      best = [column, row, slice];
    }
  }
  return best;
}
