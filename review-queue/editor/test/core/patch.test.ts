import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FREE, LabelVolume } from "../../src/core/labels.ts";
import { decodeRuns, encodeRuns } from "../../src/core/runs.ts";
import { applyRuns, maskRuns } from "../../src/core/tools/patch.ts";
import { MAX_LABEL, grid, someLabels } from "./fixtures.ts";

const ON = grid([7, 5, 4]);

/** Runs that make one label map of another. */
function runsTo(from: LabelVolume, to: LabelVolume): Uint8Array {
  const edit = new LabelVolume(ON, from.values.slice(), MAX_LABEL).edit(FREE);
  for (let at = 0; at < ON.voxels; at++) edit.set(at, to.values[at]!);
  return encodeRuns(edit.commit());
}

describe("runs that travel", () => {
  it("hold the mask of a label within a box and nothing else", () => {
    const box = { least: [1, 0, 1], largest: [5, 3, 2] } as const;
    fc.assert(
      fc.property(someLabels(ON), (labels) => {
        const empty = new Uint8Array(ON.voxels);
        decodeRuns(maskRuns(labels, 2, box), empty, 1).applyTo(empty);
        for (let at = 0; at < ON.voxels; at++) {
          const inside = ON.indexOf(at).every((value, axis) => value >= box.least[axis]! && value <= box.largest[axis]!);
          expect(empty[at]).toBe(inside && labels.values[at] === 2 ? 1 : 0);
        }
      }),
    );
  });

  it("paint all labels, or of one segment only what it gains and loses", () => {
    fc.assert(
      fc.property(someLabels(ON), someLabels(ON), (from, to) => {
        const runs = runsTo(from, to);
        const whole = from.edit(FREE);
        applyRuns(whole, runs, null);
        expect([...from.values]).toEqual([...to.values]);
        whole.cancel();
        const one = from.edit(FREE);
        const before = [...from.values];
        applyRuns(one, runs, 1);
        expect([...from.values]).toEqual(before.map((label, at) => (to.values[at] === 1 ? 1 : label === 1 ? 0 : label)));
        one.cancel();
      }),
    );
  });

  it("obey locks", () => {
    const from = new LabelVolume(ON, new Uint8Array(ON.voxels).fill(3), MAX_LABEL);
    const to = new LabelVolume(ON, new Uint8Array(ON.voxels).fill(1), MAX_LABEL);
    const edit = from.edit({ locked: new Set([3]), overwrite: "all" });
    applyRuns(edit, runsTo(from, to), null);
    expect(edit.commit().isEmpty).toBe(true);
  });
});
