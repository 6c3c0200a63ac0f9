import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grid, Triple } from "../../src/core/grid.ts";
import { FREE, type LabelVolume } from "../../src/core/labels.ts";
import { Probability } from "../../src/core/probability.ts";
import { PartThreshold } from "../../src/core/tools/part-threshold.ts";
import { grid, labelsOf, someLabels } from "./fixtures.ts";

/** What the server would send of a segment that is likely in a box. */
function probability(on: Grid, segment: number, least: Triple, sizes: Triple, value: (column: number, row: number, slice: number) => number): Probability {
  const bytes = new Uint8Array(32 + sizes[0] * sizes[1] * sizes[2]);
  const words = new DataView(bytes.buffer);
  [0x42505046, segment, ...least, ...sizes].forEach((word, at) => words.setInt32(4 * at, word, true));
  let at = 32;
  for (let slice = 0; slice < sizes[2]; slice++)
    for (let row = 0; row < sizes[1]; row++)
      for (let column = 0; column < sizes[0]; column++) bytes[at++] = value(least[0] + column, least[1] + row, least[2] + slice);
  return Probability.read(bytes, on);
}

function thresholded(labels: LabelVolume, likely: Probability, seed: Triple | null, threshold: number, rules = FREE): number[] {
  const edit = labels.edit(rules);
  PartThreshold.of(labels, likely.segment, likely, seed)!.apply(edit, threshold);
  const after = [...labels.values];
  edit.cancel();
  return after;
}

/** The textbook: from the part's voxels over all that are likely enough, neighbours by face. */
function flooded(labels: LabelVolume, label: number, likely: Probability, part: readonly number[], threshold: number): number[] {
  const { grid: on } = labels;
  const found = new Set(part.filter((at) => likely.at(at) >= threshold));
  const stack = [...found];
  while (stack.length > 0) {
    const index = on.indexOf(stack.pop()!);
    for (const axis of [0, 1, 2] as const)
      for (const step of [-1, 1]) {
        const next = index.map((value, along) => value + (along === axis ? step : 0)) as unknown as Triple;
        if (!on.contains(next)) continue;
        const at = on.offset(...next);
        if (found.has(at) || likely.at(at) < threshold) continue;
        found.add(at);
        stack.push(at);
      }
  }
  const inPart = new Set(part);
  return [...labels.values].map((value, at) => (found.has(at) ? label : inPart.has(at) ? 0 : value));
}

describe("a part by its probability", () => {
  it("is what the textbook's flood from the part gives, at every threshold", () => {
    const on = grid([9, 7, 5]);
    fc.assert(
      fc.property(someLabels(on), fc.infiniteStream(fc.integer({ min: 0, max: 255 })), fc.integer({ min: 1, max: 255 }), (labels, stream, threshold) => {
        const values = [...stream.take(on.voxels)];
        const likely = probability(on, 1, [1, 0, 1], [7, 7, 3], (column, row, slice) => values[on.offset(column, row, slice)]!);
        const part = [...labels.values.keys()].filter((at) => labels.values[at] === 1);
        fc.pre(part.length > 0);
        expect(thresholded(labels, likely, null, threshold)).toEqual(flooded(labels, 1, likely, part, threshold));
      }),
      { numRuns: 60 },
    );
  });

  it("is the part that was pointed at, and leaves the others as they are", () => {
    const on = grid([9, 1, 1]);
    const labels = labelsOf(on, [1, 0, 0, 0, 0, 0, 1, 1, 0]);
    const likely = probability(on, 1, [0, 0, 0], [9, 1, 1], (column) => [255, 200, 90, 0, 0, 60, 120, 255, 100][column]!);
    expect(thresholded(labels, likely, [0, 0, 0], 80)).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 0]);
    expect(thresholded(labels, likely, [7, 0, 0], 130)).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(thresholded(labels, likely, [7, 0, 0], 50)).toEqual([1, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect(PartThreshold.of(labels, 1, likely, [3, 0, 0])).toBeNull();
    expect(PartThreshold.of(labels, 2, likely, null)).toBeNull();
  });

  it("begins at the threshold that changes least", () => {
    const on = grid([8, 1, 1]);
    const likely = probability(on, 1, [0, 0, 0], [8, 1, 1], (column) => 250 - 30 * column);
    const labels = labelsOf(on, [1, 1, 1, 0, 0, 0, 0, 0]);
    const { fitting } = PartThreshold.of(labels, 1, likely, null)!;
    expect(thresholded(labels, likely, null, fitting)).toEqual([...labels.values]);
    // Between 160 and 190 all are as good; 161 is the one nearest to a half.
    expect(fitting).toBe(161);
  });

  it("takes no voxel of a locked segment, and none of another if only empty ones may be painted over", () => {
    const on = grid([6, 1, 1]);
    const labels = labelsOf(on, [1, 2, 0, 3, 0, 0]);
    const likely = probability(on, 1, [0, 0, 0], [6, 1, 1], () => 200);
    expect(thresholded(labels, likely, null, 100, { locked: new Set([2]), overwrite: "all" })).toEqual([1, 2, 1, 1, 1, 1]);
    expect(thresholded(labels, likely, null, 100, { locked: new Set(), overwrite: "empty" })).toEqual([1, 2, 1, 3, 1, 1]);
    expect(thresholded(labels, likely, null, 255, { locked: new Set([1]), overwrite: "all" })).toEqual([...labels.values]);
  });

  it("refuses what is no box of this grid", () => {
    const on = grid([6, 5, 4]);
    expect(() => probability(on, 1, [4, 0, 0], [3, 1, 1], () => 1)).toThrow("another grid");
    expect(() => Probability.read(new Uint8Array(40), on)).toThrow("no probabilities");
    const cut = new Uint8Array(33);
    [0x42505046, 1, 0, 0, 0, 2, 1, 1].forEach((word, at) => new DataView(cut.buffer).setInt32(4 * at, word, true));
    expect(() => Probability.read(cut, on)).toThrow("not whole");
  });
});
