// Where the model doubts: places of its uncertainty map that are more than the rim of a segment, and slices.

import { BACKGROUND, type LabelVolume } from "../labels.ts";
import type { Grid, Triple } from "../grid.ts";
import { RowRunsBuilder, partsOfRuns } from "../row-runs.ts";
import { type Suspect, millilitres, suspect } from "./suspect.ts";

/** From this value of the map on, of 255, a voxel counts: half of the largest entropy. */
const UNSURE = 128;
const HIGHEST = 0x80808080;
/** A voxel counts only if those so far from it within the slice are unsure too: every border has a thin rim of doubt. */
const RIM = 2;
const LEAST_ML = 0.2;
/** Beside a large place those are not named that have less than a twentieth of it. */
const LEAST_SHARE = 0.05;
const MOST_PLACES = 6;
const MOST_SLICES = 8;

/** Connected places of doubt, under a segment or none. Comes back after each slice. */
export function* unsurePlaces(labels: LabelVolume, doubt: Uint8Array): Generator<void, Suspect[]> {
  const { grid, values } = labels;
  if (grid.flat) return [];
  const builder = new RowRunsBuilder();
  const segments: number[] = [];
  const [columns, rows, slices] = grid.sizes;
  const any = rowsWith(doubt, columns);
  for (let slice = 0; slice < slices; slice++) {
    for (let row = RIM; row < rows - RIM; row++) {
      const start = grid.offset(0, row, slice);
      if (!any(slice * rows + row)) continue;
      for (let at = start + RIM; at < start + columns - RIM; at++) {
        if (doubt[at]! < UNSURE || !isCore(doubt, at, columns)) continue;
        const first = at;
        while (at < start + columns - RIM && doubt[at]! >= UNSURE && isCore(doubt, at, columns)) at++;
        builder.add(slice * rows + row, first - start, at - 1 - start);
        segments.push(values[first]!);
      }
    }
    yield;
  }
  const runs = builder.build();
  const parts = partsOfRuns(grid, runs);
  return parts
    .filter((part) => millilitres(grid, part.voxels) >= LEAST_ML && part.voxels >= LEAST_SHARE * parts[0]!.voxels)
    .slice(0, MOST_PLACES)
    .map((part) => {
      const ml = millilitres(grid, part.voxels);
      const segment = mostOften(part.runs.map((run) => segments[run]!));
      return suspect("unsure-place", segment, part.middle, 0.5 + 0.3 * Math.min(1, ml / 5), { ml });
    });
}

// Most rows have no such value: four of them are looked at at once, as the highest bit of each says it.
function rowsWith(doubt: Uint8Array, columns: number): (row: number) => boolean {
  if (columns % 4 !== 0 || doubt.byteOffset % 4 !== 0) return () => true;
  const words = new Uint32Array(doubt.buffer, doubt.byteOffset, doubt.length / 4);
  const perRow = columns / 4;
  return (row) => {
    for (let at = row * perRow; at < (row + 1) * perRow; at++) if ((words[at]! & HIGHEST) !== 0) return true;
    return false;
  };
}

function isCore(doubt: Uint8Array, at: number, columns: number): boolean {
  return doubt[at - RIM]! >= UNSURE && doubt[at + RIM]! >= UNSURE && doubt[at - RIM * columns]! >= UNSURE && doubt[at + RIM * columns]! >= UNSURE;
}

function mostOften(labels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? BACKGROUND;
}

/**
 * The slices to look at, in order: the highest ones that are not beside a higher one, at least half as uncertain as the
 * highest.
 */
export function peaks(values: readonly number[], most = MOST_SLICES): number[] {
  const highest = Math.max(0, ...values);
  const apart = Math.max(2, Math.round(values.length / 40));
  const chosen: number[] = [];
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => b.value - a.value || a.at - b.at);
  for (const { value, at } of order) {
    if (chosen.length === most || value <= 0 || value < highest / 2) break;
    if (chosen.every((other) => Math.abs(other - at) >= apart)) chosen.push(at);
  }
  return chosen.sort((a, b) => a - b);
}

/** @param placeOn where to look on a slice, and at which segment */
export function unsureSlices(values: readonly number[], placeOn: (slice: number) => { readonly index: Triple; readonly segment: number }): Suspect[] {
  return peaks(values).map((slice) => {
    const { index, segment } = placeOn(slice);
    const share = values[slice]!;
    return suspect("unsure-slice", segment, index, 0.35 + 0.5 * share, { share, slice: slice + 1 }, String(slice));
  });
}

export const middleOfSlice = (grid: Grid, slice: number): Triple => [Math.floor(grid.sizes[0] / 2), Math.floor(grid.sizes[1] / 2), slice];
