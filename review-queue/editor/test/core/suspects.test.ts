import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoxMask, boxOf } from "../../src/core/box.ts";
import { partsOf } from "../../src/core/components.ts";
import type { Grid, Triple } from "../../src/core/grid.ts";
import { LabelVolume } from "../../src/core/labels.ts";
import { RowRunsBuilder, partsOfRuns } from "../../src/core/row-runs.ts";
import { type Expectation, type Suspect, nothingKnown } from "../../src/core/suspects/suspect.ts";
import { type Maps, suspects } from "../../src/core/suspects/suspects.ts";
import { MAX_LABEL, grid, orientations, someLabels } from "./fixtures.ts";

const ON = grid([30, 24, 12], [1, 1, 2], orientations()[0]!);

function box(labels: LabelVolume, label: number, least: Triple, largest: Triple) {
  for (let slice = least[2]; slice <= largest[2]; slice++) {
    for (let row = least[1]; row <= largest[1]; row++) {
      for (let column = least[0]; column <= largest[0]; column++) labels.values[labels.grid.offset(column, row, slice)] = label;
    }
  }
}

function organ(on: Grid = ON): LabelVolume {
  const labels = LabelVolume.empty(on, MAX_LABEL);
  box(labels, 1, [5, 5, 3], [14, 14, 8]);
  return labels;
}

function found(labels: LabelVolume, expectation: Partial<Expectation> = {}, maps: Partial<Maps> = {}): Suspect[] {
  return suspects(labels, labels.grid, { expectations: [{ ...nothingKnown(1), ...expectation }], doubt: null, doubtBySlice: [], ...maps });
}

const kinds = (all: readonly Suspect[]) => all.map((one) => one.kind);

describe("connected parts of runs", () => {
  it("are the parts of the voxels, with the same sizes, and a middle inside of each", () => {
    const small = grid([7, 5, 4]);
    fc.assert(
      fc.property(someLabels(small), (labels) => {
        const builder = new RowRunsBuilder();
        for (let row = 0; row < 20; row++) {
          for (let column = 0; column < 7; column++) {
            const first = column;
            while (column < 7 && labels.values[row * 7 + column] === 1) column++;
            if (column > first) builder.add(row, first, column - 1);
          }
        }
        const parts = partsOfRuns(small, builder.build());
        const sizes = partsOf(BoxMask.ofLabel(small, labels.values, 1, boxOf(small))).sizes.slice(1);
        expect(parts.map((part) => part.voxels)).toEqual([...sizes].sort((a, b) => b - a));
        for (const part of parts) expect(labels.values[small.offset(...part.middle)]).toBe(1);
      }),
    );
  });
});

describe("places to look at", () => {
  it("are none where nothing is odd", () => {
    expect(found(organ())).toEqual([]);
  });

  it("are small parts apart, not the other one of two large ones", () => {
    const labels = organ();
    box(labels, 1, [20, 20, 6], [21, 20, 6]);
    box(labels, 1, [18, 5, 3], [22, 14, 8]);
    const all = found(labels);
    expect(kinds(all)).toEqual(["island"]);
    expect(all[0]).toMatchObject({ segment: 1, facts: { ml: 0.004, voxels: 2, more: 0 } });
    expect(labels.values[ON.offset(...all[0]!.index)]).toBe(1);
  });

  it("are holes that no segment fills, whatever else the segment encloses", () => {
    const labels = organ();
    box(labels, 0, [8, 8, 5], [9, 8, 5]);
    box(labels, 2, [11, 11, 6], [12, 11, 6]);
    const all = found(labels);
    expect(all.map(({ kind, index }) => [kind, index[1], index[2]])).toEqual([["hole", 8, 5]]);
    box(labels, 0, [5, 12, 4], [14, 12, 4]);
    expect(kinds(found(labels))).toEqual(["hole"]);
  });

  it("are the borders of the image that a segment reaches, with the way they lie in the patient", () => {
    const labels = organ();
    box(labels, 1, [14, 8, 5], [29, 9, 5]);
    box(labels, 1, [8, 8, 0], [9, 9, 3]);
    const all = found(labels);
    expect(all.map(({ kind, facts }) => [kind, facts["towards"]])).toEqual([["border", "L"], ["border", "F"]]);
    const usual = found(labels, { warnings: ["TOUCHES_EDGE"] });
    expect(usual[0]!.score).toBeGreaterThan(all[0]!.score);
  });

  it("are parts on the wrong side of the body, if the image shows both sides", () => {
    const wide = grid([60, 24, 12], [6, 2, 4], orientations()[0]!);
    const labels = organ(wide);
    const right = found(labels, { side: "right" });
    expect(kinds(right)).toEqual([]);
    const left = found(labels, { side: "left" });
    expect(kinds(left)).toEqual(["side"]);
    expect(left[0]!.facts["side"]).toBe("left");
    expect(kinds(found(organ(), { side: "left" }))).toEqual([]);
  });

  it("name the wrong side in any way in which an image lies", () => {
    for (const axes of orientations()) {
      const wide = grid([30, 30, 30], [10, 10, 10], axes);
      const labels = LabelVolume.empty(wide, MAX_LABEL);
      for (let at = 0; at < wide.voxels; at++) if (wide.toPatient(wide.indexOf(at))[0] > wide.toPatient([14.5, 14.5, 14.5])[0] + 60) labels.values[at] = 1;
      expect(kinds(found(labels, { side: "right" }))).toContain("side");
      expect(kinds(found(labels, { side: "left" }))).not.toContain("side");
    }
  });

  it("are volumes that accepted cases did not have, the farther off the higher", () => {
    const usual = { segment: 1, cases: 40, share: 1, leastMl: 2, medianMl: 3, largestMl: 4 };
    const ml = (10 * 10 * 6 * 2) / 1000;
    const [low] = found(organ(), { usual });
    expect(low).toMatchObject({ kind: "volume-low", facts: { ml, leastMl: 2, largestMl: 4, cases: 40 } });
    const [lower] = found(organ(), { usual: { ...usual, leastMl: 8 } });
    expect(lower!.score).toBeGreaterThan(low!.score);
    expect(kinds(found(organ(), { usual: { ...usual, leastMl: 0.1, largestMl: 1 } }))).toEqual(["volume-high"]);
    expect(kinds(found(organ(), { usual: { ...usual, leastMl: 1 } }))).toEqual([]);
  });

  it("are segments that are nowhere although almost every accepted case had them", () => {
    const usual = { segment: 1, cases: 40, share: 1, leastMl: 2, medianMl: 3, largestMl: 4 };
    const empty = LabelVolume.empty(ON, MAX_LABEL);
    expect(kinds(found(empty, { usual }))).toEqual(["missing"]);
    expect(kinds(found(empty, { usual: { ...usual, share: 0.8 } }))).toEqual([]);
    expect(kinds(found(empty))).toEqual([]);
  });

  it("are what the package, its passes and its doubt say of a whole segment", () => {
    const said = found(organ(), { warnings: ["VOLUME_HIGH", "TOO_MANY_COMPONENTS"], agreement: 0.8, uncertainty: 0.4 });
    expect(kinds(said)).toEqual(["expected-high", "disagreement", "pieces", "unsure-segment"]);
    expect(kinds(found(organ(), { agreement: 0.95, uncertainty: 0.2 }))).toEqual([]);
  });

  it("are places of doubt that are more than a rim, with the segment under them", () => {
    const labels = organ();
    const doubt = new Uint8Array(ON.voxels);
    const unsure = (least: Triple, largest: Triple) => {
      const marked = LabelVolume.empty(ON, MAX_LABEL);
      box(marked, 1, least, largest);
      marked.values.forEach((one, at) => one && (doubt[at] = 200));
    };
    unsure([4, 4, 3], [5, 20, 8]);
    expect(found(labels, {}, { doubt })).toEqual([]);
    unsure([7, 7, 3], [16, 16, 8]);
    const all = found(labels, {}, { doubt });
    expect(all.map(({ kind, segment }) => [kind, segment])).toEqual([["unsure-place", 1]]);
  });

  it("are the slices of most doubt, each at the segment that is largest there", () => {
    const doubtBySlice = Array.from({ length: 12 }, (_, slice) => (slice === 4 || slice === 10 ? 0.6 - slice / 100 : 0.1));
    const all = found(organ(), {}, { doubtBySlice });
    expect(all.map(({ kind, segment, index }) => [kind, segment, index[2]])).toEqual([["unsure-slice", 1, 4], ["unsure-slice", 0, 10]]);
  });

  it("keep their ids as long as nothing of their segment changes, and are ranked", () => {
    const labels = organ();
    box(labels, 1, [20, 20, 6], [21, 20, 6]);
    const usual = { segment: 1, cases: 40, share: 1, leastMl: 0.1, medianMl: 0.2, largestMl: 0.3 };
    const before = found(labels, { usual });
    labels.values[0] = 2;
    expect(found(labels, { usual }).map((one) => one.id)).toEqual(before.map((one) => one.id));
    expect(new Set(before.map((one) => one.id)).size).toBe(before.length);
    expect(before.map((one) => one.score)).toEqual(before.map((one) => one.score).sort((a, b) => b - a));
  });
});
