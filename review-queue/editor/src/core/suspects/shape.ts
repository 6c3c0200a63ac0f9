// What looks wrong in the shape of a segment: small parts apart, holes, a border of the image, the other side of the body.

import type { Axis, Grid, Triple } from "../grid.ts";
import { RowRunsBuilder, type RowRuns, type RunPart, partOf, partsOfRuns } from "../row-runs.ts";
import { type Expectation, type Suspect, directionOf, millilitres, suspect } from "./suspect.ts";
import type { SegmentScan } from "./scan.ts";

/** So many of a kind are listed for a segment; the last one says how many more there are. */
const MOST_OF_A_KIND = 5;
/** A part is an island if the largest one has so many times its voxels. */
const SMALLER = 10;
/** Where a segment may reach over the middle of the image, in mm: bodies do not lie exactly in it. */
const OVER_THE_MIDDLE = 15;
/** An image that is narrower, in mm, does not show both sides of a body. */
const BOTH_SIDES = 250;
const LEAST_ON_WRONG_SIDE_ML = 0.3;

export function islands(grid: Grid, { segment, runs, doubts }: SegmentScan, parts: readonly RunPart[]): Suspect[] {
  const largest = parts[0]?.voxels ?? 0;
  const small = parts.slice(1).filter((part) => part.voxels * SMALLER <= largest);
  return small.slice(0, MOST_OF_A_KIND).map((part, at) => {
    const ml = millilitres(grid, part.voxels);
    const more = at === MOST_OF_A_KIND - 1 ? small.length - MOST_OF_A_KIND : 0;
    const doubt = doubts.length > 0 ? doubtOf(runs, doubts, part) : 0;
    return suspect("island", segment, part.middle, 0.45 + 0.15 * Math.min(1, ml) + 0.2 * doubt, { ml, voxels: part.voxels, more });
  });
}

/** The mean doubt over a part, 0 to 1. */
export function doubtOf(runs: RowRuns, doubts: Float32Array, part: RunPart): number {
  return part.runs.reduce((sum, run) => sum + doubts[run]! * runs.voxels(run), 0) / part.voxels / 255;
}

/** What the segment encloses and is of no segment, in space. */
export function holes(grid: Grid, scan: SegmentScan): Suspect[] {
  const { segment, box } = scan;
  const outside = complement(grid, scan);
  const enclosed = partsOfRuns(grid, outside.runs).filter((part) => {
    const within = ([0, 1, 2] as const).every((axis) => part.box.least[axis] > box.least[axis] && part.box.largest[axis] < box.largest[axis]);
    return within && part.runs.some((run) => outside.empty[run]! > 0);
  });
  return enclosed.slice(0, MOST_OF_A_KIND).map((part, at) => {
    const ml = millilitres(grid, part.voxels);
    const more = at === MOST_OF_A_KIND - 1 ? enclosed.length - MOST_OF_A_KIND : 0;
    return suspect("hole", segment, part.middle, 0.4 + 0.2 * Math.min(1, ml), { ml, voxels: part.voxels, more });
  });
}

/** The runs of a segment's box that are not of it, and how many voxels of each have no label, as far as they lie between two of its runs. */
function complement(grid: Grid, { box, runs, gaps }: SegmentScan): { readonly runs: RowRuns; readonly empty: readonly number[] } {
  const builder = new RowRunsBuilder();
  const empty: number[] = [];
  const add = (row: number, first: number, last: number, without: number) => {
    if (first > last) return;
    builder.add(row, first, last);
    empty.push(without);
  };
  let run = 0;
  for (let slice = box.least[2]; slice <= box.largest[2]; slice++) {
    for (let line = box.least[1]; line <= box.largest[1]; line++) {
      const row = slice * grid.sizes[1] + line;
      let next = box.least[0];
      for (; run < runs.length && runs.rows[run] === row; run++) {
        add(row, next, runs.firsts[run]! - 1, gaps[run]!);
        next = runs.lasts[run]! + 1;
      }
      add(row, next, box.largest[0], 0);
    }
  }
  return { runs: builder.build(), empty };
}

/** Where the segment reaches the border of the image: one place for each side of it. */
export function borders(grid: Grid, { segment, box, runs }: SegmentScan, { warnings }: Expectation): Suspect[] {
  const found: Suspect[] = [];
  for (const axis of [0, 1, 2] as const) {
    for (const [at, towards] of [[0, -1], [grid.sizes[axis] - 1, 1]] as const) {
      if (grid.sizes[axis] < 3 || (towards < 0 ? box.least[axis] > at : box.largest[axis] < at)) continue;
      const touching = atIndex(grid, runs, axis, at);
      if (touching.length === 0) continue;
      const part = partOf(grid, touching, Array.from({ length: touching.length }, (_, run) => run));
      // An image often ends in the middle of an organ along its slices, seldom across them.
      const score = (axis === 2 ? 0.2 : 0.4) + (warnings.includes("TOUCHES_EDGE") ? 0.3 : 0);
      found.push(suspect("border", segment, part.middle, score, { voxels: part.voxels, towards: directionOf(grid, axis, towards) }, axis + "" + towards));
    }
  }
  return found;
}

function atIndex(grid: Grid, runs: RowRuns, axis: Axis, index: number): RowRuns {
  const builder = new RowRunsBuilder();
  const rows = grid.sizes[1];
  for (let run = 0; run < runs.length; run++) {
    const row = runs.rows[run]!;
    const [first, last] = [runs.firsts[run]!, runs.lasts[run]!];
    if (axis === 0) {
      if (first <= index && index <= last) builder.add(row, index, index);
    } else if ((axis === 1 ? row % rows : Math.floor(row / rows)) === index) builder.add(row, first, last);
  }
  return builder.build();
}

/** Parts of a segment that lie on the side of the body to which it does not belong. */
export function wrongSide(grid: Grid, { segment, runs }: SegmentScan, { side }: Expectation): Suspect[] {
  if (side === null || widthOf(grid) < BOTH_SIDES) return [];
  const middle = grid.toPatient([(grid.sizes[0] - 1) / 2, (grid.sizes[1] - 1) / 2, (grid.sizes[2] - 1) / 2])[0];
  const towards = side === "left" ? -1 : 1;
  const isWrong = (index: Triple) => (grid.toPatient(index)[0] - middle) * towards > OVER_THE_MIDDLE;
  const wrong = new RowRunsBuilder();
  for (let run = 0; run < runs.length; run++) addWrong(grid, runs, run, isWrong, wrong);
  const found = wrong.build();
  return partsOfRuns(grid, found)
    .map((part) => ({ part, ml: millilitres(grid, part.voxels) }))
    .filter(({ ml }) => ml >= LEAST_ON_WRONG_SIDE_ML)
    .slice(0, MOST_OF_A_KIND)
    .map(({ part, ml }) => suspect("side", segment, part.middle, 0.8 + 0.2 * Math.min(1, ml / 10), { ml, side }));
}

function addWrong(grid: Grid, runs: RowRuns, run: number, isWrong: (index: Triple) => boolean, into: RowRunsBuilder): void {
  const rows = grid.sizes[1];
  const row = runs.rows[run]!;
  const at = (column: number): Triple => [column, row % rows, Math.floor(row / rows)];
  let [first, last] = [runs.firsts[run]!, runs.lasts[run]!];
  // Along a row the patient's side changes once at most.
  while (first <= last && !isWrong(at(first)) && isWrong(at(last))) first++;
  while (last >= first && !isWrong(at(last)) && isWrong(at(first))) last--;
  if (first <= last && isWrong(at(first))) into.add(row, first, last);
}

/** How far the image reaches from the patient's right to the left, in mm. */
function widthOf(grid: Grid): number {
  return ([0, 1, 2] as const).reduce<number>((sum, axis) => sum + Math.abs(grid.directions[axis][0]) * grid.sizes[axis] * grid.spacings[axis], 0);
}
