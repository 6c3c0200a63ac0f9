import { describe, expect, it } from "vitest";
import { FREE, LabelVolume } from "../../src/core/labels.ts";
import { type Place, Plane } from "../../src/core/plane.ts";
import { EditSession, type JournalEntry } from "../../src/core/session.ts";
import { type Pen, type Settings, Workbench } from "../../src/editing/workbench.ts";
import { MAX_LABEL, grid, image } from "../core/fixtures.ts";

const ON = grid([40, 30, 6], [1, 1, 3]);
const PICTURE = image(ON, (column) => (column < 20 ? 100 : 600));
const SETTINGS: Settings = { radius: 3, ball: false, range: { least: -1000, largest: 0 }, tolerance: 50, rules: FREE, onSlice: true };

function world() {
  const labels = LabelVolume.empty(ON, MAX_LABEL);
  const journal: JournalEntry[] = [];
  let time = 0;
  const session = new EditSession(labels, () => time, (entry) => journal.push(entry));
  const bench = new Workbench(session, PICTURE, () => (time += 10), () => {});
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

  it("fills a lasso when it is let go, and cuts with scissors on one slice or all", () => {
    const { stroke, count, bench } = world();
    const square: Place[] = [[5, 5], [15, 5], [15, 15], [5, 15]];
    stroke("lasso", square);
    expect(count()).toBe(100);
    bench.copySlice(1, 2, 2, 3, FREE);
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

  it("interpolates between the slices that were drawn on, whatever was there before", () => {
    const { stroke, count, session, bench } = world();
    stroke("lasso", [[5, 5], [15, 5], [15, 15], [5, 15]], SETTINGS, 1, 0);
    stroke("lasso", [[5, 5], [15, 5], [15, 15], [5, 15]], SETTINGS, 1, 4);
    stroke("brush", [[30.5, 20.5]], { ...SETTINGS, ball: true, radius: 5 }, 1, 2);
    expect(session.slicesDrawn(1, 2)).toEqual([0, 4]);
    expect(session.slicesDrawn(2, 2)).toEqual([]);
    bench.interpolate(1, 2, session.slicesDrawn(1, 2), FREE);
    expect(count()).toBe(500);
  });

  it("undoes and redoes across tools", () => {
    const { stroke, count, bench } = world();
    stroke("brush", [[5.5, 5.5]]);
    const brushed = count();
    bench.margin(1, 2, "volume", FREE);
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
});
