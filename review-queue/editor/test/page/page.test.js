// The logic of the page's modules, without a browser.

import assert from "node:assert/strict";
import { test } from "vitest";
import { greys, presets, autoWindow, dragged } from "../../src/page/window-level.ts";
import { outlines } from "../../src/core/outlines.ts";
import { peaks } from "../../src/core/suspects/doubt.ts";
import { heatTable, valuesOf } from "../../src/page/uncertainty.ts";
import { expected } from "../../src/page/coming.tsx";

test("the window is the standard's linear function", () => {
  // PS3.3 C.11.2.1.2.1 with c = 2048, w = 4096: below 0.5 is black, above 4094.5 white, the middle is half.
  const table = greys({ level: 2048, width: 4096 }, { slope: 1, intercept: 0 });
  const at = (value) => table[value + 32768];
  assert.equal(at(0), 0);
  assert.equal(at(4095), 255);
  assert.equal(at(1024), Math.round(((1024 - 2047.5) / 4095 + 0.5) * 255));
  assert.equal(at(-32768), 0);
  assert.equal(at(32767), 255);
});

test("a scaled volume looks like the same volume unscaled", () => {
  const plain = greys({ level: 100, width: 200 }, { slope: 1, intercept: 0 });
  const scaled = greys({ level: 25 + 10, width: 50 }, { slope: 0.25, intercept: 10 });
  assert.deepEqual(scaled, plain);
});

test("only CT has presets in Hounsfield units", () => {
  const range = { minimum: -1000, maximum: 2000 };
  assert.equal(presets({ modality: "CT", unit: "HU", stated: null }, range)[0].name, "Soft tissue");
  assert.deepEqual(presets({ modality: "MR", unit: "", stated: null }, range).map((one) => one.name), ["Full range"]);
  assert.deepEqual(presets({ modality: null, unit: "", stated: null }, range)[0].width, 3001);
});

test("the automatic window leaves out the darkest and brightest percent", () => {
  const voxels = new Int16Array(10000).map((_, at) => at % 100);
  voxels[5] = 30000;
  const { level, width } = autoWindow(voxels, { slope: 1, intercept: 0 });
  assert.ok(width < 110 && width > 90, String(width));
  assert.ok(Math.abs(level - 50) < 2, String(level));
});

test("a drag to the right widens, downwards raises", () => {
  const next = dragged({ level: 40, width: 400 }, 10, 5, { slope: 1 });
  assert.equal(next.width, 410);
  assert.equal(next.level, 45);
  assert.equal(dragged({ level: 40, width: 4 }, -1000, 0, { slope: 1 }).width, 2);
});

test("an outline is the edges between a label and what is not it", () => {
  const lines = new Map();
  const record = () => {
    const edges = [];
    let from = null;
    return { edges, moveTo: (x, y) => (from = [x, y]), lineTo: (x, y) => edges.push([...from, x, y]) };
  };
  for (const [label, path] of outlines(Uint16Array.of(0, 7, 7, 0, 0, 0, 9, 0), 4, 2, record)) lines.set(label, path.edges.map(String).sort());
  assert.deepEqual(lines.get(7), ["1,0,1,1", "1,0,3,0", "1,1,3,1", "3,0,3,1"].sort());
  assert.deepEqual(lines.get(9), ["2,1,2,2", "2,1,3,1", "2,2,3,2", "3,1,3,2"].sort());
});

test("the slices to look at are the tops of the hills, in order, not every slice of the highest one", () => {
  const values = new Array(30).fill(0.05);
  for (const [at, value] of [[3, 0.5], [4, 0.8], [5, 0.7], [20, 0.6], [27, 0.3]]) values[at] = value;
  assert.deepEqual(peaks(values), [4, 20]);
  assert.deepEqual(peaks([]), []);
  assert.deepEqual(peaks([0, 0, 0]), []);
  assert.equal(peaks(Array.from({ length: 100 }, (_, at) => (at % 5 === 0 ? 1 : 0))).length, 8);
});

test("an uncertainty map is only shown on the grid that its header names", () => {
  const bytes = new Uint8Array(16 + 6);
  bytes.set([0x46, 0x50, 0x55, 0x4d, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 9, 8, 7, 6, 5, 255]);
  assert.deepEqual([...valuesOf(bytes, [3, 2, 1])], [9, 8, 7, 6, 5, 255]);
  assert.throws(() => valuesOf(bytes, [2, 3, 1]), /3 x 2 x 1 came/);
  bytes[0] = 0x47;
  assert.throws(() => valuesOf(bytes, [3, 2, 1]));
});

test("more doubt is lighter and hides more of the image, so that it reads without colours", () => {
  const table = heatTable();
  const channel = (value, shift) => (table[value] >>> shift) & 255;
  const light = (value) => 0.2126 * channel(value, 0) + 0.7152 * channel(value, 8) + 0.0722 * channel(value, 16);
  assert.equal(table[0], 0);
  for (let value = 2; value < 256; value++) {
    assert.ok(channel(value, 24) >= channel(value - 1, 24), "alpha of " + value);
    assert.ok(light(value) >= light(value - 1) - 1, "light of " + value);
  }
  assert.ok(light(255) > light(1) + 150);
});

test("what is on its way says when it is expected, and when it is late", () => {
  const now = Date.parse("2026-11-02T08:00:00Z");
  const at = (iso) => expected({ expectedReady: iso }, now).replace(/at .*?,/, "at …,");
  assert.equal(at("2026-11-02T08:00:40Z"), "expected at …, in 40 s");
  assert.equal(at("2026-11-02T08:12:10Z"), "expected at …, in 12 min");
  assert.equal(at("2026-11-02T07:59:00Z"), "expected at …, late");
  assert.equal(expected({}, now), "not measured yet on this device");
});
