import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LabelCounts } from "../../src/core/counts.ts";
import type { Triple } from "../../src/core/grid.ts";
import type { PaintRules } from "../../src/core/labels.ts";
import { type SegmentJob, boxOfJob, cropped, doCropped, doJob, place } from "../../src/core/tools/job.ts";
import type { Extent } from "../../src/core/tools/region.ts";
import { grid, labelsOf, someLabels } from "./fixtures.ts";

const ON = grid([9, 8, 7], [0.8, 1.1, 1.5]);

const extent = fc.oneof(fc.constant("volume" as const), fc.tuple(fc.constantFrom(0, 1, 2), fc.nat(6)).map(([fixed, slice]) => ({ fixed: fixed as 0 | 1 | 2, slice })));
const onSlice = (index: Triple, on: Extent): Triple => (on === "volume" ? index : [on.fixed === 0 ? on.slice : index[0], on.fixed === 1 ? on.slice : index[1], on.fixed === 2 ? on.slice : index[2]]);
const jobs: fc.Arbitrary<SegmentJob> = fc.oneof(
  extent.map((on) => ({ tool: "keep-largest" as const, extent: on })),
  extent.map((on) => ({ tool: "fill-holes" as const, extent: on })),
  fc.tuple(extent, fc.nat(ON.voxels - 1), fc.constantFrom("this" as const, "others" as const)).map(([on, at, which]) => ({ tool: "remove-part" as const, extent: on, at: onSlice(ON.indexOf(at), on), which })),
  extent.map((on) => ({ tool: "remove-small" as const, extent: on, mm3: 6 })),
  extent.map((on) => ({ tool: "smooth" as const, extent: on, mm: 1.2 })),
  fc.tuple(extent, fc.constantFrom(-1, 1, 2)).map(([on, mm]) => ({ tool: "margin" as const, extent: on, mm })),
  fc.constantFrom("add" as const, "subtract" as const, "intersect" as const).map((how) => ({ tool: "combine" as const, other: 2, how })),
  fc.tuple(fc.constantFrom(0, 1, 2), fc.uniqueArray(fc.nat(6), { maxLength: 3 })).map(([fixed, keys]) => ({ tool: "interpolate" as const, fixed: fixed as 0 | 1 | 2, keys })),
  fc.tuple(fc.constantFrom(0, 1, 2), fc.nat(6), fc.nat(6)).map(([fixed, from, to]) => ({ tool: "copy-slice" as const, fixed: fixed as 0 | 1 | 2, from, to })),
);

const rules: fc.Arbitrary<PaintRules> = fc.constantFrom(
  { locked: new Set<number>(), overwrite: "all" as const },
  { locked: new Set([3]), overwrite: "empty" as const },
  { locked: new Set<number>(), overwrite: new Set([2]) },
);

describe("a job on the part of the labels that it touches", () => {
  it("leaves the whole as if it had been done there", () => {
    fc.assert(
      fc.property(someLabels(ON), jobs, rules, (labels, job, by) => {
        const direct = labelsOf(ON, [...labels.values]);
        doJob(direct.edit(by), 1, job);
        const box = boxOfJob(ON, LabelCounts.of(ON, labels.values), 1, job);
        if (box) {
          const edit = labels.edit({ ...by, overwrite: "all" });
          expect(place(edit, box, doCropped(cropped(labels, box, 1, job, by)))).toBe(true);
        }
        expect([...labels.values]).toEqual([...direct.values]);
      }),
      { numRuns: 400 },
    );
  });

  it("removes no part where the segment is not", () => {
    const labels = labelsOf(ON, Array.from({ length: ON.voxels }, (_, at) => (at % 9 < 3 ? 1 : 0)));
    expect(boxOfJob(ON, LabelCounts.of(ON, labels.values), 1, { tool: "remove-part", extent: "volume", at: [5, 0, 0], which: "this" })).toBeNull();
  });

  it("is given up if the labels have become others meanwhile", () => {
    const labels = labelsOf(ON, Array.from({ length: ON.voxels }, (_, at) => (at % 9 < 4 ? 1 : 0)));
    const by: PaintRules = { locked: new Set(), overwrite: "all" };
    const job: SegmentJob = { tool: "margin", mm: 2, extent: "volume" };
    const box = boxOfJob(ON, LabelCounts.of(ON, labels.values), 1, job)!;
    const change = doCropped(cropped(labels, box, 1, job, by));
    labels.values[ON.offset(4, 3, 3)] = 2;
    const before = [...labels.values];
    const edit = labels.edit(by);
    expect(place(edit, box, change)).toBe(false);
    edit.cancel();
    expect([...labels.values]).toEqual(before);
  });
});
