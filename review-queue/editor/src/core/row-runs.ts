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
  const roots = joined(grid.sizes[1], runs);
  for (let run = 0; run < runs.length; run++) {
    const root = rootOf(roots, run);
    const group = groups.get(root);
    if (group) group.push(run);
    else groups.set(root, [run]);
  }
  return [...groups.values()].map((group) => partOf(grid, runs, group)).sort((a, b) => b.voxels - a.voxels || a.runs[0]! - b.runs[0]!);
}

/** For each run one that it is connected with, up to a root of each part. */
export function joined(perSlice: number, runs: RowRuns): Int32Array {
  const roots = Int32Array.from({ length: runs.length }, (_, run) => run);
  const starts = new Map<number, number>();
  for (let run = 0; run < runs.length; run++) if (run === 0 || runs.rows[run] !== runs.rows[run - 1]) starts.set(runs.rows[run]!, run);
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

export function rootOf(roots: Int32Array, run: number): number {
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
  let [c0, r0, s0, c1, r1, s1] = [Infinity, Infinity, Infinity, -1, -1, -1];
  let [columns, rows, slices, voxels] = [0, 0, 0, 0];
  for (const run of group) {
    const slice = Math.floor(runs.rows[run]! / perSlice);
    const row = runs.rows[run]! - slice * perSlice;
    const first = runs.firsts[run]!;
    const last = runs.lasts[run]!;
    const count = last - first + 1;
    if (first < c0) c0 = first;
    if (last > c1) c1 = last;
    if (row < r0) r0 = row;
    if (row > r1) r1 = row;
    if (slice < s0) s0 = slice;
    if (slice > s1) s1 = slice;
    columns += ((first + last) / 2) * count;
    rows += row * count;
    slices += slice * count;
    voxels += count;
  }
  const centre: Triple = [columns / voxels, rows / voxels, slices / voxels];
  return { runs: group, voxels, box: { least: [c0, r0, s0], largest: [c1, r1, s1] }, middle: nearest(grid, runs, group, centre) };
}

function nearest(grid: Grid, runs: RowRuns, group: readonly number[], centre: Triple): Triple {
  const perSlice = grid.sizes[1];
  const [across, down, along] = grid.spacings;
  let best: Triple = [0, 0, 0];
  let shortest = Infinity;
  for (const run of group) {
    const slice = Math.floor(runs.rows[run]! / perSlice);
    const row = runs.rows[run]! - slice * perSlice;
    const column = Math.min(runs.lasts[run]!, Math.max(runs.firsts[run]!, Math.round(centre[0])));
    const away = ((column - centre[0]) * across) ** 2 + ((row - centre[1]) * down) ** 2 + ((slice - centre[2]) * along) ** 2;
    if (away < shortest) {
      shortest = away;
      best = [column, row, slice];
    }
  }
  return best;
}
