import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LabelCounts } from "../../src/core/counts.ts";
import { ADDED, Difference, REMOVED, RENAMED, SAME } from "../../src/core/difference.ts";
import { LabelVolume } from "../../src/core/labels.ts";
import { Plane } from "../../src/core/plane.ts";
import { ProposedLabels } from "../../src/core/proposal.ts";
import type { Delta } from "../../src/core/runs.ts";
import { MAX_LABEL, grid, labelsOf, someLabels } from "./fixtures.ts";

const ON = grid([7, 5, 4]);
const change = fc.tuple(fc.nat(ON.voxels - 1), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: MAX_LABEL }));

function paint(labels: LabelVolume, [start, length, label]: readonly [number, number, number]): Delta {
  const edit = labels.edit({ locked: new Set(), overwrite: "all" });
  for (let at = start; at < Math.min(ON.voxels, start + length); at++) edit.set(at, label);
  return edit.commit();
}

describe("counts that follow the changes", () => {
  it("are those of a new count after any changes, back and forth", () => {
    fc.assert(
      fc.property(someLabels(ON), fc.array(change, { maxLength: 8 }), (labels, changes) => {
        const counts = LabelCounts.of(ON, labels.values);
        const deltas = changes.map((one) => {
          const delta = paint(labels, one);
          counts.apply(delta);
          return delta;
        });
        expectSame(counts, LabelCounts.of(ON, labels.values));
        for (const delta of deltas.reverse()) {
          delta.inverse().applyTo(labels.values);
          counts.apply(delta.inverse());
        }
        expectSame(counts, LabelCounts.of(ON, labels.values));
      }),
    );
  });

  it("know totals and the box of a label, and that one is nowhere", () => {
    const labels = LabelVolume.empty(ON, MAX_LABEL);
    labels.values[ON.offset(2, 1, 1)] = 2;
    labels.values[ON.offset(5, 3, 2)] = 2;
    const counts = LabelCounts.of(ON, labels.values);
    expect(counts.total(2)).toBe(2);
    expect(counts.boxOf(2)).toEqual({ least: [2, 1, 1], largest: [5, 3, 2] });
    expect([counts.total(1), counts.boxOf(1)]).toEqual([0, null]);
  });

  function expectSame(one: LabelCounts, other: LabelCounts) {
    for (let label = 1; label <= MAX_LABEL; label++) {
      for (const axis of [0, 1, 2] as const) expect([...one.along(label, axis)]).toEqual([...other.along(label, axis)]);
    }
  }
});

describe("the proposal's compact copy", () => {
  it("has the label of each voxel, alone and in runs", () => {
    fc.assert(
      fc.property(someLabels(ON), fc.nat(ON.voxels - 1), fc.nat(ON.voxels - 1), (labels, a, b) => {
        const copy = ProposedLabels.of(labels.values, ON.sizes[0]);
        for (let at = 0; at < ON.voxels; at++) expect(copy.at(at)).toBe(labels.values[at]);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const seen: number[] = [];
        copy.forEachRun(from, to, (start, end, label) => {
          for (let at = start; at < end; at++) seen.push(label);
        });
        expect(seen).toEqual([...labels.values.slice(from, to)]);
      }),
    );
  });
});

describe("the difference to the proposal", () => {
  function world(proposed: LabelVolume) {
    const copy = ProposedLabels.of(proposed.values, ON.sizes[0]);
    return { copy, was: proposed.values.slice() };
  }

  function counted(was: ArrayLike<number>, is: ArrayLike<number>) {
    const sums = new Map<number, { added: number; removed: number }>();
    const of = (label: number) => sums.get(label) ?? sums.set(label, { added: 0, removed: 0 }).get(label)!;
    for (let at = 0; at < ON.voxels; at++) {
      if (was[at] === is[at]) continue;
      if (was[at]) of(was[at]!).removed++;
      if (is[at]) of(is[at]!).added++;
    }
    return new Map([...sums].sort(([a], [b]) => a - b));
  }

  it("counts what each segment gained and lost, however the labels came about", () => {
    fc.assert(
      fc.property(someLabels(ON), fc.array(change, { maxLength: 8 }), fc.boolean(), (labels, changes, atOnce) => {
        const { copy, was } = world(labels);
        let difference = new Difference(labels, copy);
        const deltas = changes.map((one) => paintInto(labels, one, atOnce ? null : difference));
        if (atOnce) difference = new Difference(labels, copy, deltas);
        expect(difference.balance).toEqual(counted(was, labels.values));
        const inPlaces = difference.places().reduce((sum, place) => sum + place.voxels, 0);
        expect(inPlaces).toBe([...was].filter((label, at) => label !== labels.values[at]).length);
      }),
    );
  });

  it("is the same of labels that came by no steps, and follows what is done then", () => {
    fc.assert(
      fc.property(someLabels(ON), someLabels(ON), change, (proposed, labels, later) => {
        const { copy, was } = world(proposed);
        const difference = Difference.between(labels, copy);
        expect(difference.balance).toEqual(counted(was, labels.values));
        paintInto(labels, later, difference);
        expect(difference.balance).toEqual(counted(was, labels.values));
        const inPlaces = difference.places().reduce((sum, place) => sum + place.voxels, 0);
        expect(inPlaces).toBe([...was].filter((label, at) => label !== labels.values[at]).length);
      }),
    );
  });

  function paintInto(labels: LabelVolume, one: readonly [number, number, number], difference: Difference | null): Delta {
    const delta = paint(labels, one);
    difference?.apply(delta);
    return delta;
  }

  it("gives one place back and leaves the others", () => {
    const labels = LabelVolume.empty(ON, MAX_LABEL);
    const { copy } = world(labels);
    const difference = new Difference(labels, copy);
    difference.apply(paint(labels, [ON.offset(1, 1, 1), 2, 1]));
    difference.apply(paint(labels, [ON.offset(1, 1, 2), 2, 2]));
    difference.apply(paint(labels, [ON.offset(5, 4, 3), 1, 3]));
    expect(difference.places().map((place) => [place.voxels, [...place.segments.keys()]])).toEqual([[4, [1, 2]], [1, [3]]]);
    const edit = labels.edit({ locked: new Set(), overwrite: "all" });
    difference.revertPlace(edit, [2, 1, 2]);
    difference.apply(edit.commit());
    expect(difference.balance).toEqual(new Map([[3, { added: 1, removed: 0 }]]));
    expect(difference.placeAt([2, 1, 2])).toBeNull();
  });

  it("says of each pixel of any plane what became of it", () => {
    const labels = labelsOf(ON, Array.from({ length: ON.voxels }, (_, at) => (at % 7 < 3 ? 1 : 0)));
    const { copy, was } = world(labels);
    const difference = new Difference(labels, copy);
    for (const one of [[10, 9, 2], [60, 7, 0], [100, 12, 3]] as const) difference.apply(paint(labels, one));
    for (const plane of Plane.threeOf(ON)) {
      for (let slice = 0; slice < plane.count; slice++) {
        const target = new Uint8Array(plane.width * plane.height);
        const any = difference.onSlice(plane, slice, target);
        const expected: number[] = [];
        plane.extract(slice, (pixel, at) => {
          const is = labels.values[at]!;
          expected[pixel] = is === was[at] ? SAME : was[at] === 0 ? ADDED : is === 0 ? REMOVED : RENAMED;
        });
        expect([...target]).toEqual(expected);
        expect(any).toBe(expected.some((one) => one !== SAME));
      }
    }
  });
});
