import { describe, expect, it } from "vitest";
import { FREE, LabelVolume } from "../../src/core/labels.ts";
import { type Place, Plane } from "../../src/core/plane.ts";
import { EditSession, type JournalEntry } from "../../src/core/session.ts";
import { doCropped } from "../../src/core/tools/job.ts";
import { type Pen, type Settings, Workbench } from "../../src/editing/workbench.ts";
import { MAX_LABEL, grid, image } from "../core/fixtures.ts";
import * as kit from "../../src/editing/kit.ts";

const ON = grid([40, 30, 6], [1, 1, 3]);
const PICTURE = image(ON, (column) => (column < 20 ? 100 : 600));
const SETTINGS: Settings = { radius: 3, ball: false, range: { least: -1000, largest: 0 }, tolerance: 50, rules: FREE, onSlice: true };

function world() {
  const labels = LabelVolume.empty(ON, MAX_LABEL);
  const journal: JournalEntry[] = [];
  let time = 0;
  const session = new EditSession(labels, () => time, (entry) => journal.push(entry));
  const bench = new Workbench(session, PICTURE, { now: () => (time += 10), changed: () => {} });
  bench.kit = kit;
  const plane = Plane.threeOf(ON)[0];
  const stroke = (pen: Pen, places: Place[], settings = SETTINGS, segment = 1, slice = 2) => {
    const at = (place: Place) => ({ plane, slice, place });
    bench.press(pen, segment, settings, at(places[0]!));
    for (const place of places.slice(1)) bench.drag(at(place));
    return bench.lift();
  };
  const count = (label = 1) => [...labels.values].filter((value) => value === label).length;
  return { labels, journal, session, bench, plane, stroke, count };
}

describe("the workbench", () => {
  it("makes one step of a stroke, with its tool, segment, time and way", () => {
    const { stroke, journal } = world();
    stroke("brush", [[10.5, 15.5], [14.5, 15.5], [14.5, 18.5]]);
    expect(journal).toHaveLength(1);
    expect(journal[0]).toMatchObject({ number: 1, kind: "edit", tool: "brush", segment: 1, pathMm: 7 });
    expect(journal[0]!.activeMillis).toBeGreaterThan(0);
  });

  it("paints while the pointer is down, before it is lifted", () => {
    const { bench, plane, labels } = world();
    bench.press("brush", 1, SETTINGS, { plane, slice: 2, place: [10.5, 15.5] });
    expect(labels.values[ON.offset(...plane.indexAt([10.5, 15.5], 2)!)]).toBe(1);
  });

  it("leaves nothing of a stroke that is dropped", () => {
    const { bench, plane, count, journal } = world();
    bench.press("brush", 1, SETTINGS, { plane, slice: 2, place: [10.5, 15.5] });
    bench.drop();
    expect([count(), journal.length, bench.lift()]).toEqual([0, 0, null]);
  });

  it("erases the chosen segment only", () => {
    const { stroke, count } = world();
    stroke("brush", [[10.5, 15.5]], { ...SETTINGS, radius: 5 }, 1);
    stroke("brush", [[14.5, 15.5]], { ...SETTINGS, radius: 3 }, 2);
    const two = count(2);
    stroke("eraser", [[12.5, 15.5]], { ...SETTINGS, radius: 8 }, 1);
    expect([count(1), count(2)]).toEqual([0, two]);
  });

  it("keeps a threshold brush within its range, in shown values", () => {
    const { stroke, labels } = world();
    stroke("threshold-brush", [[20, 15.5]], { ...SETTINGS, radius: 6 });
    labels.values.forEach((label, at) => label && expect(ON.indexOf(at)[0]).toBeLessThan(20));
    expect(labels.values.includes(1)).toBe(true);
  });

  it("fills a lasso when it is let go, and cuts with scissors on one slice or all", async () => {
    const { stroke, count, bench } = world();
    const square: Place[] = [[5, 5], [15, 5], [15, 15], [5, 15]];
    stroke("lasso", square);
    expect(count()).toBe(100);
    await bench.do(1, { tool: "copy-slice", fixed: 2, from: 2, to: 3 }, FREE);
    expect(count()).toBe(200);
    stroke("scissors", [[5, 5], [10, 5], [10, 15], [5, 15]], { ...SETTINGS, onSlice: true });
    expect(count()).toBe(150);
    stroke("scissors", [[5, 5], [10, 5], [10, 15], [5, 15]], { ...SETTINGS, onSlice: false });
    expect(count()).toBe(100);
  });

  it("grows from a seed over values within the tolerance", () => {
    const { stroke, count } = world();
    stroke("grow", [[35.5, 5.5]]);
    expect(count()).toBe(20 * 30);
  });

  it("removes the part that was clicked, if it is of the chosen segment", () => {
    const { stroke, count } = world();
    stroke("brush", [[5.5, 5.5]]);
    stroke("brush", [[30.5, 20.5]]);
    const one = count() / 2;
    expect(stroke("remove-part", [[30.5, 20.5]], SETTINGS, 2)).toBeNull();
    stroke("remove-part", [[30.5, 20.5]]);
    expect(count()).toBe(one);
  });

  it("interpolates between the slices that were drawn on, whatever was there before", async () => {
    const { stroke, count, session, bench } = world();
    stroke("lasso", [[5, 5], [15, 5], [15, 15], [5, 15]], SETTINGS, 1, 0);
    stroke("lasso", [[5, 5], [15, 5], [15, 15], [5, 15]], SETTINGS, 1, 4);
    stroke("brush", [[30.5, 20.5]], { ...SETTINGS, ball: true, radius: 5 }, 1, 2);
    expect(session.slicesDrawn(1, 2)).toEqual([0, 4]);
    expect(session.slicesDrawn(2, 2)).toEqual([]);
    await bench.do(1, { tool: "interpolate", fixed: 2, keys: session.slicesDrawn(1, 2) }, FREE);
    expect(count()).toBe(500);
  });

  it("undoes and redoes across tools", async () => {
    const { stroke, count, bench } = world();
    stroke("brush", [[5.5, 5.5]]);
    const brushed = count();
    await bench.do(1, { tool: "margin", mm: 2, extent: "volume" }, FREE);
    bench.undo();
    expect(count()).toBe(brushed);
    bench.undo();
    expect(count()).toBe(0);
    expect(bench.undo()).toBe(false);
    bench.redo();
    expect(count()).toBe(brushed);
  });

  it("takes no stroke for background, and ignores another plane's pointer", () => {
    const { bench, plane, count } = world();
    bench.press("brush", 0, SETTINGS, { plane, slice: 2, place: [5, 5] });
    expect(bench.busy).toBe(false);
    bench.press("brush", 1, { ...SETTINGS, radius: 0.1 }, { plane, slice: 2, place: [5.5, 5.5] });
    bench.drag({ plane: Plane.threeOf(ON)[1], slice: 2, place: [1, 1] });
    bench.lift();
    expect(count()).toBe(1);
  });

  it("closes a polygon of clicked corners by a key, or by a click on the first one", () => {
    const { stroke, bench, count, journal } = world();
    for (const corner of [[5, 5], [15, 5], [15, 15], [5, 15], [9, 9]] as Place[]) stroke("polygon", [corner]);
    expect([count(), bench.border.length]).toEqual([0, 5]);
    expect(bench.dropCorner()).toBe(true);
    bench.close();
    expect(count()).toBe(100);
    for (const corner of [[20, 5], [30, 5], [30, 15], [20, 15], [20.5, 5.5]] as Place[]) stroke("polygon", [corner]);
    expect(count()).toBe(200);
    expect(journal.map((entry) => entry.tool)).toEqual(["polygon", "polygon"]);
    stroke("polygon", [[5, 5]]);
    expect([bench.drop(), bench.border.length, bench.close()]).toEqual([true, 0, null]);
  });

  it("shows what a brush would paint, by the rules, and leaves no trace of it", () => {
    const { stroke, bench, plane, journal, count } = world();
    stroke("lasso", [[0, 0], [40, 0], [40, 14], [0, 14]], SETTINGS, 2);
    const kept = { ...SETTINGS, radius: 4, rules: { locked: new Set([2]), overwrite: "all" as const } };
    const before = count(2);
    const shown = bench.preview("threshold-brush", 1, kept, { plane, slice: 2, place: [20, 14.5] })!;
    const under = shown.starts.flatMap((start, run) => Array.from({ length: shown.lengths[run]! }, (_, at) => ON.indexOf(start + at)));
    expect(under.length).toBeGreaterThan(5);
    for (const [column, row] of under) expect(column < 20 && row >= 14).toBe(true);
    expect([count(), count(2), journal.length]).toEqual([0, before, 1]);
  });

  it("lets a region that was seeded grow anew with another tolerance, as long as nothing else was done", () => {
    const { stroke, bench, count, session } = world();
    stroke("grow", [[35.5, 5.5]], { ...SETTINGS, tolerance: 10 });
    const once = count();
    expect(bench.grown).toMatchObject({ ended: "filled", voxels: 600 });
    expect(bench.regrow(2000, false)).toBe(true);
    expect(count()).toBe(1200);
    expect(bench.regrow(2000, true)).toBe(true);
    expect([count(), session.changes.length]).toEqual([1200, 1]);
    bench.undo();
    expect([count(), bench.regrow(10, true)]).toEqual([0, false]);
    expect(once).toBe(600);
  });

  it("gives a place back that was changed, by a click on it or a lasso around it", () => {
    const { stroke, bench, count, journal } = world();
    stroke("brush", [[5.5, 5.5]]);
    stroke("brush", [[30.5, 20.5]]);
    const one = count() / 2;
    expect(bench.difference.balance).toEqual(new Map([[1, { added: 2 * one, removed: 0 }]]));
    stroke("revert", [[5.5, 5.5]], SETTINGS, 0);
    expect(count()).toBe(one);
    stroke("revert", [[30.5, 10], [40, 10], [40, 30], [30.5, 30]], SETTINGS, 0);
    expect(count()).toBeLessThan(one);
    expect(count()).toBeGreaterThan(0);
    bench.undo();
    expect([count(), bench.difference.balance.get(1)!.added, journal.at(-2)!.tool]).toEqual([one, one, "revert"]);
    stroke("revert", [[30.5, 20.5]], { ...SETTINGS, rules: { locked: new Set([1]), overwrite: "all" } }, 0);
    expect(count()).toBe(one);
    stroke("revert", [[30.5, 20.5]], { ...SETTINGS, rules: { locked: new Set(), overwrite: "empty" } }, 0);
    expect([count(), bench.difference.isEmpty]).toEqual([0, true]);
  });

  it("keeps the clicked part alone, or all but it", () => {
    const { stroke, count } = world();
    stroke("brush", [[5.5, 5.5]]);
    stroke("brush", [[30.5, 20.5]], { ...SETTINGS, radius: 2 });
    const both = count();
    stroke("keep-part", [[30.5, 20.5]]);
    const small = count();
    expect(small).toBeLessThan(both / 2);
  });

  it("begins nothing while a job is done elsewhere, and takes its change when it is there", async () => {
    let go = () => {};
    const large = grid([120, 120, 40]);
    const big = LabelVolume.empty(large, MAX_LABEL);
    big.values.fill(1, large.offset(0, 10, 0), large.offset(0, 110, 39));
    const session = new EditSession(big, () => 0, () => {});
    const bench = new Workbench(session, image(large, () => 0), { now: () => 0, changed: () => {}, elsewhere: (job) => new Promise((resolve) => (go = () => resolve(doCropped(job)))) });
    bench.kit = kit;
    const ended = bench.do(1, { tool: "margin", mm: -3, extent: "volume" }, FREE);
    expect(bench.working).toBe(true);
    const axial = Plane.threeOf(large)[0];
    bench.press("brush", 1, SETTINGS, { plane: axial, slice: 2, place: [5, 5] });
    expect([bench.busy, bench.undo()]).toEqual([false, false]);
    expect(await bench.do(1, { tool: "fill-holes", extent: "volume" }, FREE)).toEqual({ kind: "busy" });
    go();
    expect((await ended).kind).toBe("done");
    expect([bench.working, session.changes.length]).toEqual([false, 1]);
  });

  it("lets a region in space grow elsewhere, to the tolerance that was wished last", async () => {
    const large = grid([120, 120, 60]);
    const session = new EditSession(LabelVolume.empty(large, MAX_LABEL), () => 0, () => {});
    const open: (() => void)[] = [];
    const asked: number[] = [];
    let seen = 0;
    const bench = new Workbench(session, image(large, (column) => (column < 60 ? 100 : 600)), {
      now: () => 0,
      changed: () => {},
      seen: () => seen++,
      elsewhere: (job) =>
        new Promise((resolve) => {
          if (job.job.tool === "grow") asked.push(job.job.range.largest);
          open.push(() => resolve(doCropped(job)));
        }),
    });
    bench.kit = kit;
    const plane = Plane.threeOf(large)[0];
    const count = () => [...session.labels.values].filter((value) => value === 1).length;
    bench.press("grow", 1, { ...SETTINGS, onSlice: false, tolerance: 20 }, { plane, slice: 30, place: [30.5, 60.5] });
    bench.lift();
    expect([bench.working, count()]).toEqual([true, 0]);
    expect([bench.regrow(2000, false), bench.regrow(40, true), bench.undo()]).toEqual([true, true, false]);
    open.shift()!();
    await expect.poll(() => open.length).toBe(1);
    open.shift()!();
    await expect.poll(() => bench.working).toBe(false);
    expect(asked).toEqual([110, 120]);
    expect([session.changes.length, bench.grown!.ended, seen]).toEqual([1, "reach", 3]);
    expect(count()).toBe(bench.grown!.voxels);
  });

  it("leaves nothing of a region that grows elsewhere and is given up", async () => {
    const large = grid([120, 120, 60]);
    const session = new EditSession(LabelVolume.empty(large, MAX_LABEL), () => 0, () => {});
    let go = () => {};
    const bench = new Workbench(session, image(large, () => 0), { now: () => 0, changed: () => {}, elsewhere: (job) => new Promise((resolve) => (go = () => resolve(doCropped(job)))) });
    bench.kit = kit;
    bench.press("grow", 1, { ...SETTINGS, onSlice: false }, { plane: Plane.threeOf(large)[0], slice: 30, place: [30.5, 60.5] });
    bench.lift();
    bench.drop();
    go();
    await Promise.resolve();
    expect([bench.working, session.changes.length, session.labels.values.includes(1)]).toEqual([false, 0, false]);
  });

  it("goes on as if nothing had been asked if what is elsewhere fails", async () => {
    const large = grid([120, 120, 60]);
    const labels = LabelVolume.empty(large, MAX_LABEL);
    labels.values.fill(1, large.offset(0, 10, 0), large.offset(0, 110, 59));
    const before = labels.values.slice();
    const session = new EditSession(labels, () => 0, () => {});
    const bench = new Workbench(session, image(large, () => 0), { now: () => 0, changed: () => {}, elsewhere: () => Promise.reject(new Error("no worker")) });
    bench.kit = kit;
    await expect(bench.do(1, { tool: "margin", mm: 2, extent: "volume" }, FREE)).rejects.toThrow("no worker");
    bench.press("grow", 2, { ...SETTINGS, onSlice: false }, { plane: Plane.threeOf(large)[0], slice: 30, place: [30.5, 60.5] });
    bench.lift();
    await expect.poll(() => bench.working).toBe(false);
    expect([session.changes.length, labels.values.every((value, at) => value === before[at])]).toEqual([0, true]);
    bench.press("brush", 2, SETTINGS, { plane: Plane.threeOf(large)[0], slice: 30, place: [30.5, 60.5] });
    expect(bench.lift()).not.toBeNull();
  });
});
