// Tools that work on a whole segment, said as plain data: done here, or in a worker on the part of the labels that they touch.

import { type Box, boxOf, common, contains, grown, joint, sliceBox } from "../box.ts";
import type { LabelCounts } from "../counts.ts";
import { type Axis, Grid, type Triple } from "../grid.ts";
import { type Edit, type LabelArray, LabelVolume, type PaintRules } from "../labels.ts";
import type { ToolName } from "../tool.ts";
import type { ValueRange } from "../image.ts";
import { type Grown, grow, reachBox } from "./grow.ts";
import { type Extent, combine, copySlice, fillHoles, interpolate, keepLargest, margin, removePart, removeSmallParts, smooth } from "./region.ts";

export type Combination = "add" | "subtract" | "intersect";

export type SegmentJob =
  | { readonly tool: "keep-largest"; readonly extent: Extent }
  | { readonly tool: "fill-holes"; readonly extent: Extent }
  | { readonly tool: "remove-part"; readonly extent: Extent; readonly at: Triple; readonly which: "this" | "others" }
  | { readonly tool: "remove-small"; readonly extent: Extent; readonly mm3: number }
  | { readonly tool: "smooth"; readonly extent: Extent; readonly mm: number }
  | { readonly tool: "margin"; readonly extent: Extent; readonly mm: number }
  | { readonly tool: "combine"; readonly other: number; readonly how: Combination }
  | { readonly tool: "interpolate"; readonly fixed: Axis; readonly keys: readonly number[] }
  | { readonly tool: "copy-slice"; readonly fixed: Axis; readonly from: number; readonly to: number };

/** The name under which the journal has it. */
export const nameOf = ({ tool }: SegmentJob): ToolName => (tool === "remove-small" ? "remove-part" : tool);

/** Growing from a seed; it needs the values of the image too. */
export interface GrowJob {
  readonly tool: "grow";
  readonly seed: Triple;
  /** On one plane by its fixed axis, or in space. */
  readonly extent: Axis | "volume";
  readonly range: ValueRange;
  readonly reach: number;
}

export function doJob(edit: Edit, segment: number, job: SegmentJob): void {
  switch (job.tool) {
    case "keep-largest":
      return keepLargest(edit, segment, job.extent);
    case "fill-holes":
      return fillHoles(edit, segment, job.extent);
    case "remove-part":
      return removeAt(edit, segment, job);
    case "remove-small":
      return removeSmallParts(edit, segment, job.mm3, job.extent);
    case "smooth":
      return smooth(edit, segment, job.mm, job.extent);
    case "margin":
      return margin(edit, segment, job.mm, job.extent);
    case "combine":
      return combine(edit, segment, job.other, job.how);
    case "interpolate":
      return interpolate(edit, segment, job.fixed, job.keys);
    case "copy-slice":
      return copySlice(edit, segment, job.fixed, job.from, job.to);
  }
}

function removeAt(edit: Edit, segment: number, { at, extent, which }: SegmentJob & { tool: "remove-part" }): void {
  if (edit.labels.values[edit.labels.grid.offset(...at)] === segment) removePart(edit, at, extent, which);
}

/** The box outside of which a job reads and writes nothing; null if it has nothing to do. */
export function boxOfJob(grid: Grid, counts: LabelCounts, segment: number, job: SegmentJob): Box | null {
  const own = counts.boxOf(segment);
  if (job.tool === "combine") {
    const other = counts.boxOf(job.other);
    return own && other ? joint(own, other) : (own ?? other);
  }
  if (!own) return null;
  if (job.tool === "copy-slice") return joint(wide(own, job.fixed, job.from), wide(own, job.fixed, job.to));
  if (job.tool === "interpolate") return job.keys.reduce((box, key) => joint(box, wide(own, job.fixed, key)), grown(grid, own, 0));
  const reach = job.tool === "smooth" ? 2 * job.mm : job.tool === "margin" ? Math.max(0, job.mm) : 0;
  const limits = job.extent === "volume" ? boxOf(grid) : sliceBox(grid, job.extent.fixed, job.extent.slice);
  const box = common(grown(grid, own, reach), limits);
  const isEmpty = box.least.some((least, axis) => least > box.largest[axis]!);
  return isEmpty || (job.tool === "remove-part" && !contains(box, job.at)) ? null : box;
}

function wide(box: Box, fixed: Axis, slice: number): Box {
  const at = (from: Triple): Triple => [fixed === 0 ? slice : from[0], fixed === 1 ? slice : from[1], fixed === 2 ? slice : from[2]];
  return { least: at(box.least), largest: at(box.largest) };
}

/** Part of a label map with a job on it; it can be sent to a worker. */
export interface CroppedJob {
  readonly sizes: Triple;
  readonly spacings: Triple;
  readonly values: LabelArray;
  readonly maxLabel: number;
  readonly segment: number;
  readonly rules: PaintRules;
  readonly job: SegmentJob | GrowJob;
  /** The image of the part, if the job needs it. */
  readonly image?: Int16Array;
}

/** What became of the voxels that changed: runs of the part's own offsets. */
export interface CroppedChange {
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly before: Uint16Array;
  readonly after: Uint16Array;
  readonly grown: Grown | null;
}

/** The box that a growth can reach. */
export const boxOfGrowth = (grid: Grid, job: GrowJob): Box => reachBox(grid, job, job.seed);

export function croppedGrowth(labels: LabelVolume, values: Int16Array, segment: number, job: GrowJob, rules: PaintRules): CroppedJob {
  const box = boxOfGrowth(labels.grid, job);
  const { least } = box;
  const sizes = sizesOf(box);
  const image = new Int16Array(sizes[0] * sizes[1] * sizes[2]);
  forEachRow(labels.grid, box, sizes, (inPart, inGrid) => image.set(values.subarray(inGrid, inGrid + sizes[0]), inPart));
  const moved = { ...job, seed: movedIndex(job.seed, least) };
  return { sizes, spacings: labels.grid.spacings, values: partOf(labels, box, sizes), maxLabel: labels.maxLabel, segment, rules, job: moved, image };
}

export function cropped(labels: LabelVolume, box: Box, segment: number, job: SegmentJob, rules: PaintRules): CroppedJob {
  const sizes = sizesOf(box);
  return { sizes, spacings: labels.grid.spacings, values: partOf(labels, box, sizes), maxLabel: labels.maxLabel, segment, rules, job: moved(job, box.least) };
}

function partOf({ grid, values }: LabelVolume, box: Box, sizes: Triple): LabelArray {
  const voxels = sizes[0] * sizes[1] * sizes[2];
  const part = values instanceof Uint8Array ? new Uint8Array(voxels) : new Uint16Array(voxels);
  forEachRow(grid, box, sizes, (inPart, inGrid) => part.set(values.subarray(inGrid, inGrid + sizes[0]), inPart));
  return part;
}

const sizesOf = ({ least, largest }: Box): Triple => [largest[0] - least[0] + 1, largest[1] - least[1] + 1, largest[2] - least[2] + 1];

/** Does a job on the part that was cropped; the part itself is changed too. */
export function doCropped({ sizes, spacings, values, maxLabel, segment, rules, job, image }: CroppedJob): CroppedChange {
  const grid = new Grid({
    columns: sizes[0],
    rows: sizes[1],
    slices: sizes[2],
    position: [0, 0, 0],
    axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, 1] },
    spacing: { column: spacings[0], row: spacings[1], slice: spacings[2] },
  });
  const edit = new LabelVolume(grid, values, maxLabel).edit(rules);
  let grown: Grown | null = null;
  if (job.tool !== "grow") doJob(edit, segment, job);
  else if (image) grown = grow(edit, { ...job, image: { grid, values: image, slope: 1, intercept: 0 }, label: segment, guarded: true }, job.seed);
  const { starts, lengths, before, after } = edit.commit();
  return { starts: Int32Array.from(starts), lengths: Int32Array.from(lengths), before: Uint16Array.from(before), after: Uint16Array.from(after), grown };
}

/**
 * Makes the change of a part on the whole.
 *
 * @returns false if the labels are no longer those that were cropped; then the edit has to be given up
 */
export function place(edit: Edit, box: Box, { starts, lengths, before, after }: CroppedChange): boolean {
  const { grid, values } = edit.labels;
  const [columns, rows] = [box.largest[0] - box.least[0] + 1, box.largest[1] - box.least[1] + 1];
  for (let run = 0; run < starts.length; run++) {
    for (let at = starts[run]!; at < starts[run]! + lengths[run]!; at++) {
      const line = Math.floor(at / columns);
      const slice = Math.floor(line / rows);
      const offset = grid.offset(at - line * columns + box.least[0], line - slice * rows + box.least[1], slice + box.least[2]);
      if (values[offset] !== before[run]) return false;
      edit.set(offset, after[run]!);
    }
  }
  return true;
}

function forEachRow(grid: Grid, box: Box, sizes: Triple, row: (inPart: number, inGrid: number) => void): void {
  for (let slice = 0; slice < sizes[2]; slice++) {
    for (let line = 0; line < sizes[1]; line++) {
      row((slice * sizes[1] + line) * sizes[0], grid.offset(box.least[0], box.least[1] + line, box.least[2] + slice));
    }
  }
}

function moved(job: SegmentJob, least: Triple): SegmentJob {
  switch (job.tool) {
    case "combine":
      return job;
    case "interpolate":
      return { ...job, keys: job.keys.map((slice) => slice - least[job.fixed]) };
    case "copy-slice":
      return { ...job, from: job.from - least[job.fixed], to: job.to - least[job.fixed] };
    case "remove-part":
      return { ...job, extent: movedExtent(job.extent, least), at: movedIndex(job.at, least) };
    default:
      return { ...job, extent: movedExtent(job.extent, least) };
  }
}

const movedIndex = (index: Triple, least: Triple): Triple => [index[0] - least[0], index[1] - least[1], index[2] - least[2]];

const movedExtent = (extent: Extent, least: Triple): Extent => (extent === "volume" ? extent : { fixed: extent.fixed, slice: extent.slice - least[extent.fixed] });

