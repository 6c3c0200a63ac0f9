import { beforeEach, describe, expect, it } from "vitest";
import { LabelVolume } from "../../src/core/labels.ts";
import { type Place, Plane } from "../../src/core/plane.ts";
import { EditSession, type JournalEntry } from "../../src/core/session.ts";
import { type Intended, Marking, type Touch } from "../../src/editing/marking.ts";
import { MAX_LABEL, grid } from "../core/fixtures.ts";

const ON = grid([40, 30, 6], [0.5, 2, 4]);
const AXIAL = new Plane(ON, 2);
const CORONAL = new Plane(ON, 1);
const CONCEPT = { value: "52988006", scheme: "SCT", meaning: "Lesion" };

let told: JournalEntry[];
let session: EditSession;
let marking: Marking;
let clock: number;

beforeEach(() => {
  told = [];
  clock = 0;
  let id = 0;
  session = new EditSession(LabelVolume.empty(ON, MAX_LABEL), () => 1000, (entry) => told.push(entry));
  marking = new Marking({ session, now: () => clock, newId: () => "id-" + ++id, changed: () => {} });
});

const intend = (kind: Intended["kind"], segment = 0) => (marking.intended = { kind, concept: CONCEPT, segment });
const at = (place: Place, slice = 2, plane = AXIAL): Touch => ({ plane, slice, place, reach: [1, 0.25] });

function draw(...places: Place[]): boolean {
  const taken = marking.press(at(places[0]!));
  for (const place of places.slice(1)) {
    clock += 100;
    marking.drag(at(place));
  }
  marking.lift();
  return taken;
}

const placesOf = (number: number) => marking.shapesOn(AXIAL, 2)[number]!.places;

describe("drawing", () => {
  it("makes a length of where the hand went down and up, as one step of its segment", () => {
    intend("length", 2);
    expect(draw([5, 5], [8, 6], [20, 5])).toBe(true);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ kind: "edit", tool: "length", segment: 2, activeMillis: 200 });
    expect(told[0]!.pathMm).toBeGreaterThan(15 * 0.5);
    expect(placesOf(0)[1]![0]).toBeCloseTo(20, 9);
  });

  it("makes a point at once, a box and an ellipse between corners, and a contour along the way", () => {
    intend("point");
    draw([5, 5]);
    intend("box");
    draw([2, 2], [10, 12]);
    intend("area");
    draw([4, 15], [14, 25]);
    intend("contour");
    draw([20, 5], [30, 5], [30, 15], [20, 15]);
    expect(marking.findings.map(({ kind, points }) => [kind, points!.length])).toEqual([
      ["point", 1],
      ["box", 4],
      ["area", 48],
      ["contour", 4],
    ]);
  });

  it("makes nothing of a press that went nowhere, nor of what was dropped", () => {
    intend("length");
    draw([5, 5]);
    intend("box");
    draw([5, 5], [9, 5]);
    marking.press(at([5, 5]));
    marking.drag(at([9, 9]));
    marking.drop();
    expect(told).toEqual([]);
  });

  it("says what would be there while it is drawn, and while it is changed", () => {
    intend("length", 2);
    marking.press(at([5, 5]));
    expect(marking.underway).toBeNull();
    marking.drag(at([20, 5]));
    expect(marking.underway).toMatchObject({ kind: "length", segment: 2 });
    expect(marking.shapesOn(AXIAL, 2).map(({ held }) => held)).toEqual([true]);
    marking.lift();
    expect([marking.underway, marking.shapesOn(AXIAL, 2)[0]!.held]).toEqual([null, false]);
    marking.press(at([20, 5]));
    marking.drag(at([25, 5]));
    expect(marking.underway).toMatchObject({ id: "id-1", segment: 2 });
    expect(ON.toIndex(marking.underway!.points![1]!)[0]).not.toBeCloseTo(ON.toIndex(marking.findings[0]!.points![1]!)[0], 1);
  });

  it("ends at the edge of the plane", () => {
    intend("length");
    draw([5, 5], [90, -30]);
    expect(placesOf(0)[1]![0]).toBeCloseTo(AXIAL.width, 9);
    expect(placesOf(0)[1]![1]).toBeCloseTo(0, 9);
  });

  it("leaves the pointer to others where nothing is intended and nothing is there", () => {
    expect(draw([5, 5], [20, 5])).toBe(false);
  });
});

describe("a finding that is there", () => {
  beforeEach(() => {
    intend("length");
    draw([5, 5], [20, 5]);
    marking.intended = null;
  });

  it("is drawn longer at its end", () => {
    draw([20, 5], [25, 9]);
    expect(marking.findings).toHaveLength(1);
    expect(placesOf(0)[0]![0]).toBeCloseTo(5, 9);
    expect(placesOf(0)[1]![1]).toBeCloseTo(9, 9);
    session.undo();
    expect(placesOf(0)[1]![1]).toBeCloseTo(5, 9);
  });

  it("is selected and moved by its line, and stays when it is only touched", () => {
    marking.select(null);
    draw([12, 5.1]);
    expect([marking.selected?.id, told.length]).toEqual(["id-1", 1]);
    marking.select(null);
    draw([12, 5], [14, 8]);
    expect(placesOf(0)[0]![0]).toBeCloseTo(7, 9);
    expect(placesOf(0)[1]![1]).toBeCloseTo(8, 9);
  });

  it("is left alone and no longer selected by a press beside it", () => {
    expect(marking.selected).not.toBeNull();
    expect(draw([12, 20], [13, 21])).toBe(false);
    expect([marking.selected, told.length]).toEqual([null, 1]);
  });

  it("is not there on another slice", () => {
    expect(marking.shapesOn(AXIAL, 3)).toEqual([]);
    marking.select(null);
    expect(marking.press(at([12, 5], 3))).toBe(false);
  });

  it("is taken away and comes back", () => {
    marking.remove("id-1");
    expect([marking.findings.length, marking.selected]).toEqual([0, null]);
    session.undo();
    expect(marking.findings).toHaveLength(1);
  });

  it("is moved and stretched without a pointer", () => {
    marking.nudge(AXIAL, 2, 1, 2, "whole");
    expect(placesOf(0).map(([u, v]) => [Math.round(u), Math.round(v)])).toEqual([[6, 7], [21, 7]]);
    marking.nudge(AXIAL, 2, 3, 0, "handle");
    expect(placesOf(0).map(([u]) => Math.round(u))).toEqual([6, 24]);
  });
});

describe("without a pointer", () => {
  it("a mark of the asked size is made around a place, and tags and comments are said", () => {
    intend("length");
    marking.putAt(CORONAL, 7, [20, 3], 10);
    expect(marking.findings[0]!.points!.every((point) => Math.abs(ON.toIndex(point)[1] - 7) < 1e-9)).toBe(true);
    const [from, to] = marking.shapesOn(CORONAL, 7)[0]!.places;
    expect((to![0] - from![0]) * CORONAL.pixelWidth).toBeCloseTo(10, 9);
    marking.say({ kind: "comment", concept: CONCEPT, segment: 0 }, { text: "seen before" });
    expect(marking.findings[1]).toMatchObject({ kind: "comment", text: "seen before" });
  });
});
