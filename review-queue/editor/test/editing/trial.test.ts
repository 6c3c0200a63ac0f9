import { describe, expect, it } from "vitest";
import { FREE, LabelVolume } from "../../src/core/labels.ts";
import { EditSession, type JournalEntry } from "../../src/core/session.ts";
import { Plane } from "../../src/core/plane.ts";
import { Workbench } from "../../src/editing/workbench.ts";
import { MAX_LABEL, grid, image } from "../core/fixtures.ts";
import * as kit from "../../src/editing/kit.ts";

const ON = grid([40, 30, 6], [1, 1, 3]);
const BRUSH = { radius: 3, ball: false, range: { least: 0, largest: 0 }, tolerance: 50, rules: FREE, onSlice: true };

function world() {
  const labels = LabelVolume.empty(ON, MAX_LABEL);
  const journal: JournalEntry[] = [];
  const session = new EditSession(labels, () => 0, (entry) => journal.push(entry));
  const bench = new Workbench(session, image(ON, () => 0), { now: () => 0, changed: () => {} });
  bench.kit = kit;
  return { bench, journal, labels, count: () => [...labels.values].filter((label) => label !== 0).length };
}

describe("a change that is being chosen", () => {
  it("is seen at once, and what was shown last becomes one step with its tool", () => {
    const { bench, count, journal, labels } = world();
    const trial = bench.try("probability", 1, FREE);
    expect(trial.show((edit) => [5, 6, 7].forEach((at) => edit.set(at, 1)))).toBe(true);
    expect([count(), journal.length]).toEqual([3, 0]);
    trial.show((edit) => edit.set(9, 1));
    expect([count(), labels.values[9]]).toEqual([1, 1]);
    expect(trial.keep()!.voxels).toBe(1);
    expect(journal).toMatchObject([{ tool: "probability", segment: 1, kind: "edit" }]);
    expect([trial.open, trial.keep(), trial.show(() => {})]).toEqual([false, null, false]);
    bench.undo();
    expect(count()).toBe(0);
  });

  it("is given up by an undo, by a stroke and by another one, and leaves nothing", () => {
    const { bench, count, journal } = world();
    const first = bench.try("probability", 1, FREE);
    first.show((edit) => edit.set(5, 1));
    bench.undo();
    expect([count(), first.open]).toEqual([0, false]);
    const second = bench.try("model", 1, FREE);
    second.show((edit) => edit.set(5, 2));
    const third = bench.try("refine", 1, FREE);
    expect([count(), second.open, bench.trying]).toEqual([0, false, true]);
    third.show((edit) => edit.set(6, 1));
    const plane = Plane.threeOf(ON)[0];
    bench.press("brush", 1, BRUSH, { plane, slice: 2, place: [10.5, 15.5] });
    expect([third.open, third.keep()]).toEqual([false, null]);
    bench.lift();
    expect(journal.map(({ tool }) => tool)).toEqual(["brush"]);
  });

  it("is what Esc gives up before anything else", () => {
    const { bench, count } = world();
    bench.try("model", 1, FREE).show((edit) => edit.set(5, 1));
    expect([bench.drop(), count(), bench.drop()]).toEqual([true, 0, false]);
  });
});
