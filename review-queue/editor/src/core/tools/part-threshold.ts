// A part of a segment by how probable the model finds it: the border moves where a threshold says.

import { type Box, BoxMask, boxOfLabel } from "../box.ts";
import { partsOf } from "../components.ts";
import type { Axis, Triple } from "../grid.ts";
import type { Edit, LabelVolume } from "../labels.ts";
import type { Probability } from "../probability.ts";

const LEVELS = 256;

/**
 * One part of a segment as it is now, and for each voxel the highest threshold (of 255) at which it is connected to the
 * part. So every threshold is at hand at once while a slider moves.
 */
export class PartThreshold {
  /** At which threshold the part is most like what it is now. */
  readonly fitting: number;
  private readonly label: number;
  private readonly part: BoxMask;
  private readonly levels: Uint8Array;

  private constructor(label: number, part: BoxMask, probability: Probability) {
    this.label = label;
    this.part = part;
    this.levels = levelsOf(part, probability);
    this.fitting = fittingOf(part.values, this.levels);
  }

  /** The part at a voxel, or the whole segment if none is given; null if the segment is not there. */
  static of(labels: LabelVolume, label: number, probability: Probability, seed: Triple | null): PartThreshold | null {
    const { grid, values } = labels;
    const own = boxOfLabel(grid, values, label);
    if (!own) return null;
    const part = BoxMask.ofLabel(grid, values, label, joined(own, probability.box));
    if (seed) {
      if (values[grid.offset(...seed)] !== label) return null;
      keepPart(part, seed);
    }
    return new PartThreshold(label, part, probability);
  }

  /** What is at least as probable as the threshold and connected to the part becomes the part. */
  apply(edit: Edit, threshold: number): void {
    const { part, levels, label } = this;
    part.forEachRow((inMask, inGrid, length) => {
      for (let i = 0; i < length; i++) {
        const wanted = levels[inMask + i]! >= threshold;
        if (wanted !== (part.values[inMask + i] === 1)) edit.set(inGrid + i, wanted ? label : 0);
      }
    });
  }
}

function joined(a: Box, b: Box): Box {
  const least = (axis: Axis) => Math.min(a.least[axis], b.least[axis]);
  const largest = (axis: Axis) => Math.max(a.largest[axis], b.largest[axis]);
  return { least: [least(0), least(1), least(2)], largest: [largest(0), largest(1), largest(2)] };
}

function keepPart(mask: BoxMask, seed: Triple): void {
  const { least } = mask.box;
  const { numbers } = partsOf(mask);
  const own = numbers[((seed[2] - least[2]) * mask.sizes[1] + seed[1] - least[1]) * mask.sizes[0] + seed[0] - least[0]];
  for (let at = 0; at < numbers.length; at++) if (numbers[at] !== own) mask.values[at] = 0;
}

/** The least probable voxel on the best way from the part to each voxel, found from the most probable ones down. */
function levelsOf(part: BoxMask, probability: Probability): Uint8Array {
  const own = new Uint8Array(part.values.length);
  const row = new Uint8Array(part.sizes[0]);
  part.forEachRow((inMask, inGrid) => {
    const [column, at, slice] = part.grid.indexOf(inGrid);
    probability.row(column, at, slice, row);
    own.set(row, inMask);
  });
  const levels = new Uint8Array(own.length);
  const queues: number[][] = Array.from({ length: LEVELS }, () => []);
  for (let at = 0; at < own.length; at++) {
    if (part.values[at] === 0 || own[at] === 0) continue;
    levels[at] = own[at]!;
    if (hasOther(part, at)) queues[own[at]!]!.push(at);
  }
  for (let level = LEVELS - 1; level > 0; level--) spread(part, own, levels, queues, level);
  return levels;
}

function spread(part: BoxMask, own: Uint8Array, levels: Uint8Array, queues: number[][], level: number): void {
  const [columns, rows, slices] = part.sizes;
  const perSlice = columns * rows;
  const queue = queues[level]!;
  const reach = (next: number) => {
    const found = Math.min(level, own[next]!);
    if (found <= levels[next]!) return;
    levels[next] = found;
    queues[found]!.push(next);
  };
  while (queue.length > 0) {
    const at = queue.pop()!;
    if (levels[at] !== level) continue;
    const column = at % columns;
    const row = Math.floor(at / columns) % rows;
    if (column > 0) reach(at - 1);
    if (column < columns - 1) reach(at + 1);
    if (row > 0) reach(at - columns);
    if (row < rows - 1) reach(at + columns);
    if (at >= perSlice) reach(at - perSlice);
    if (at < perSlice * (slices - 1)) reach(at + perSlice);
  }
}

// What lies deep within the part reaches nothing that is not in it.
function hasOther(part: BoxMask, at: number): boolean {
  const [columns, rows] = part.sizes;
  const { values } = part;
  const inside = (next: number) => next < 0 || next >= values.length || values[next] === 1;
  return ![1, columns, columns * rows].every((step) => inside(at - step) && inside(at + step));
}

/** The threshold with the fewest voxels that differ; of equal ones the one nearest to a half. */
function fittingOf(part: Uint8Array, levels: Uint8Array): number {
  const inside = new Float64Array(LEVELS);
  const outside = new Float64Array(LEVELS);
  for (let at = 0; at < part.length; at++) (part[at] === 1 ? inside : outside)[levels[at]!]!++;
  let best = 1;
  // At a threshold of 1: what is in the part and has no level is lost, what is outside and has one is won.
  let differing = inside[0]! + outside.reduce((sum, count) => sum + count, 0) - outside[0]!;
  let fewest = differing;
  for (let threshold = 2; threshold < LEVELS; threshold++) {
    differing += inside[threshold - 1]! - outside[threshold - 1]!;
    const nearer = Math.abs(threshold - LEVELS / 2) < Math.abs(best - LEVELS / 2);
    if (differing < fewest || (differing === fewest && nearer)) {
      fewest = differing;
      best = threshold;
    }
  }
  return best;
}
