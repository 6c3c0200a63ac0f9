// What works on a segment as a whole, or on a part of it.

import { type Box, BoxMask, boxOf, boxOfLabel, grown, sliceBox } from "../box.ts";
import { largestPart, numberedRuns, partsOf } from "../components.ts";
import { dilated, eroded } from "../dilation.ts";
import { signedDistances, squaredDistances } from "../distance.ts";
import type { Axis, Triple } from "../grid.ts";
import type { Edit } from "../labels.ts";

/** Where a tool works: everywhere, or on one slice of a plane. */
export type Extent = "volume" | { readonly fixed: Axis; readonly slice: number };

/** The label's mask within the extent, with room of `mm` around it; null if the label is not there. */
function maskOf(edit: Edit, label: number, extent: Extent, mm = 0): BoxMask | null {
  const { grid, values } = edit.labels;
  const limits = extent === "volume" ? boxOf(grid) : sliceBox(grid, extent.fixed, extent.slice);
  const tight = boxOfLabel(grid, values, label, limits);
  if (!tight) return null;
  return BoxMask.ofLabel(grid, values, label, clipped(grown(grid, tight, mm), limits));
}

function clipped(box: Box, limits: Box): Box {
  const least = (axis: Axis) => Math.max(box.least[axis], limits.least[axis]);
  const largest = (axis: Axis) => Math.min(box.largest[axis], limits.largest[axis]);
  return { least: [least(0), least(1), least(2)], largest: [largest(0), largest(1), largest(2)] };
}

/** Sets the label where `after` is 1 and takes it away where it is 0 and was there. */
function become(edit: Edit, label: number, mask: BoxMask, after: (inMask: number) => boolean): void {
  mask.forEachRow((inMask, inGrid, length) => {
    for (let i = 0; i < length; i++) {
      const wanted = after(inMask + i);
      if (wanted !== (mask.values[inMask + i] === 1)) edit.set(inGrid + i, wanted ? label : 0);
    }
  });
}

export function keepLargest(edit: Edit, label: number, extent: Extent): void {
  const mask = maskOf(edit, label, extent);
  if (!mask) return;
  const parts = partsOf(mask);
  const largest = largestPart(parts);
  become(edit, label, mask, (at) => parts.numbers[at] === largest && largest !== 0);
}

/** Takes away the part of the label that a voxel belongs to (or all others). */
export function removePart(edit: Edit, index: Triple, extent: Extent, which: "this" | "others" = "this"): void {
  const { grid, values } = edit.labels;
  const label = values[grid.offset(...index)]!;
  const mask = label === 0 ? null : maskOf(edit, label, extent);
  if (!mask) return;
  const parts = partsOf(mask);
  const { least } = mask.box;
  const number = parts.numbers[((index[2] - least[2]) * mask.sizes[1] + index[1] - least[1]) * mask.sizes[0] + index[0] - least[0]];
  become(edit, label, mask, (at) => mask.values[at] === 1 && (parts.numbers[at] === number) === (which === "others"));
}

/** Takes away all parts with less than so many mm^3. */
export function removeSmallParts(edit: Edit, label: number, leastVolume: number, extent: Extent): void {
  const mask = maskOf(edit, label, extent);
  if (!mask) return;
  const parts = partsOf(mask);
  const leastVoxels = leastVolume / edit.labels.grid.voxelVolume();
  become(edit, label, mask, (at) => mask.values[at] === 1 && parts.sizes[parts.numbers[at]!]! >= leastVoxels);
}

/** Fills what the label encloses: on one slice, or in space. */
export function fillHoles(edit: Edit, label: number, extent: Extent): void {
  const mask = maskOf(edit, label, extent);
  if (!mask) return;
  const { runs, numbers } = numberedRuns(mask, 0);
  const [columns, rows, slices] = mask.sizes;
  const free = (axis: Axis) => extent === "volume" || extent.fixed !== axis;
  const atEnd = (at: number, size: number) => at === 0 || at === size - 1;
  const open = new Set<number>();
  for (let run = 0; run < runs.length; run++) {
    const slice = Math.floor(runs.rows[run]! / rows);
    const row = runs.rows[run]! - slice * rows;
    const sideways = runs.firsts[run] === 0 || runs.lasts[run] === columns - 1;
    if ((free(0) && sideways) || (free(1) && atEnd(row, rows)) || (free(2) && atEnd(slice, slices))) open.add(numbers[run]!);
  }
  const { grid, box } = mask;
  for (let run = 0; run < runs.length; run++) {
    if (open.has(numbers[run]!)) continue;
    const slice = Math.floor(runs.rows[run]! / rows);
    const start = grid.offset(box.least[0], box.least[1] + runs.rows[run]! - slice * rows, box.least[2] + slice);
    for (let at = start + runs.firsts[run]!; at <= start + runs.lasts[run]!; at++) edit.set(at, label);
  }
}

/** Lets the label grow (mm above nought) or shrink by a distance. */
export function margin(edit: Edit, label: number, mm: number, extent: Extent): void {
  const mask = maskOf(edit, label, extent, Math.max(0, mm));
  if (!mask) return;
  const rim = withRim(mask, extent);
  const after = withoutRim(mm > 0 ? dilated(rim, mm) : eroded(rim, -mm), mask, extent);
  become(edit, label, mask, (at) => after[at] === 1);
}

/** Takes away what is thinner than the scale, outside and inside: closing then opening by it, in mm. */
export function smooth(edit: Edit, label: number, mm: number, extent: Extent): void {
  const mask = maskOf(edit, label, extent, 2 * mm);
  if (!mask) return;
  // In two steps: among voxels, to shrink by twice the distance is more than to shrink twice.
  const closed = eroded(dilated(withRim(mask, extent), mm), mm);
  const after = withoutRim(dilated(eroded(closed, mm), mm), mask, extent);
  become(edit, label, mask, (at) => after[at] === 1);
}

// Beyond the volume a segment is taken to end: without a rim of voxels outside, shrinking would spare the border.
function withRim(mask: BoxMask, extent: Extent): BoxMask {
  const rims = rimsOf(extent);
  const box: Box = {
    least: [mask.box.least[0] - rims[0], mask.box.least[1] - rims[1], mask.box.least[2] - rims[2]],
    largest: [mask.box.largest[0] + rims[0], mask.box.largest[1] + rims[1], mask.box.largest[2] + rims[2]],
  };
  const wide = new BoxMask(mask.grid, box);
  forEachRimmedRow(mask, extent, (inMask, inWide, length) => wide.values.set(mask.values.subarray(inMask, inMask + length), inWide));
  return wide;
}

/** What a mask with a rim is where the mask without it is. */
function withoutRim(wide: BoxMask, mask: BoxMask, extent: Extent): Uint8Array {
  const values = new Uint8Array(mask.values.length);
  forEachRimmedRow(mask, extent, (inMask, inWide, length) => values.set(wide.values.subarray(inWide, inWide + length), inMask));
  return values;
}

function forEachRimmedRow(mask: BoxMask, extent: Extent, row: (inMask: number, inWide: number, length: number) => void): void {
  const rims = rimsOf(extent);
  const [columns, rows, slices] = mask.sizes;
  const wideColumns = columns + 2 * rims[0];
  const wideRows = rows + 2 * rims[1];
  for (let slice = 0; slice < slices; slice++) {
    for (let line = 0; line < rows; line++) {
      row((slice * rows + line) * columns, ((slice + rims[2]) * wideRows + line + rims[1]) * wideColumns + rims[0], columns);
    }
  }
}

const rimsOf = (extent: Extent): Triple =>
  extent === "volume" ? [1, 1, 1] : [extent.fixed === 0 ? 0 : 1, extent.fixed === 1 ? 0 : 1, extent.fixed === 2 ? 0 : 1];

/** Changes a label by another one: `add` takes it over, `subtract` gives up what both claim, `intersect` keeps only that. */
export function combine(edit: Edit, label: number, other: number, how: "add" | "subtract" | "intersect", reach = 0): void {
  const mask = maskOf(edit, other, "volume", reach);
  if (how === "add" && mask) {
    mask.forEach((offset) => edit.set(offset, label));
  } else if (how === "subtract" && mask) {
    const distances = squaredDistances(mask);
    const limit = reach * reach * (1 + 1e-9);
    takeAway(edit, label, mask, (at) => distances[at]! <= limit);
  } else if (how === "intersect") {
    const own = maskOf(edit, label, "volume");
    if (!own) return;
    const distances = mask ? nearOther(edit, other, own, reach) : null;
    takeAway(edit, label, own, (at) => !distances || distances[at]! > reach * reach * (1 + 1e-9));
  }
}

function nearOther(edit: Edit, other: number, own: BoxMask, reach: number): Float64Array {
  const { grid, values } = edit.labels;
  const wide = BoxMask.ofLabel(grid, values, other, grown(grid, own.box, reach));
  const distances = squaredDistances(wide);
  const result = new Float64Array(own.values.length);
  own.forEachRow((inMask, inGrid, length) => {
    const [column, row, slice] = grid.indexOf(inGrid);
    const { least } = wide.box;
    const start = ((slice - least[2]) * wide.sizes[1] + row - least[1]) * wide.sizes[0] + column - least[0];
    result.set(distances.subarray(start, start + length), inMask);
  });
  return result;
}

function takeAway(edit: Edit, label: number, mask: BoxMask, where: (inMask: number) => boolean): void {
  const { values } = edit.labels;
  mask.forEachRow((inMask, inGrid, length) => {
    for (let i = 0; i < length; i++) if (values[inGrid + i] === label && where(inMask + i)) edit.set(inGrid + i, 0);
  });
}

/** Copies a label from one slice of a plane to another. */
export function copySlice(edit: Edit, label: number, fixed: Axis, from: number, to: number): void {
  const { grid, values } = edit.labels;
  const step = (to - from) * grid.strides[fixed];
  const source = BoxMask.ofLabel(grid, values, label, sliceBox(grid, fixed, from));
  const target = BoxMask.ofLabel(grid, values, label, sliceBox(grid, fixed, to));
  target.forEach((offset) => {
    if (values[offset - step] !== label) edit.set(offset, 0);
  });
  source.forEach((offset) => edit.set(offset + step, label));
}

/**
 * Makes the label between key slices anew, from the distances to its border on them: what was there before between two
 * key slices is replaced. Without two key slices nothing changes.
 */
export function interpolate(edit: Edit, label: number, fixed: Axis, keys: readonly number[]): void {
  const sorted = [...new Set(keys)].sort((a, b) => a - b);
  for (let i = 0; i + 1 < sorted.length; i++) between(edit, label, fixed, sorted[i]!, sorted[i + 1]!);
}

function between(edit: Edit, label: number, fixed: Axis, first: number, last: number): void {
  const { grid, values } = edit.labels;
  const box = keyBox(edit, label, fixed, first, last);
  if (!box) return;
  const slab = (slice: number) => {
    const limits = sliceBox(grid, fixed, slice);
    return BoxMask.ofLabel(grid, values, label, clipped(box, limits));
  };
  const from = signedDistances(slab(first));
  const to = signedDistances(slab(last));
  for (let slice = first + 1; slice < last; slice++) {
    const share = (slice - first) / (last - first);
    const mask = BoxMask.ofLabel(grid, values, label, sliceBox(grid, fixed, slice));
    mask.forEach((offset) => edit.set(offset, 0));
    const area = new BoxMask(grid, clipped(box, sliceBox(grid, fixed, slice)));
    area.forEachRow((inMask, inGrid, length) => {
      for (let i = 0; i < length; i++) if ((1 - share) * from[inMask + i]! + share * to[inMask + i]! < 0) edit.set(inGrid + i, label);
    });
  }
}

function keyBox(edit: Edit, label: number, fixed: Axis, first: number, last: number): Box | null {
  const { grid, values } = edit.labels;
  const one = boxOfLabel(grid, values, label, sliceBox(grid, fixed, first));
  const other = boxOfLabel(grid, values, label, sliceBox(grid, fixed, last));
  if (!one || !other) return null;
  const least = (axis: Axis) => Math.min(one.least[axis], other.least[axis]);
  const largest = (axis: Axis) => Math.max(one.largest[axis], other.largest[axis]);
  const joint: Box = { least: [least(0), least(1), least(2)], largest: [largest(0), largest(1), largest(2)] };
  return grown(grid, joint, 0);
}
