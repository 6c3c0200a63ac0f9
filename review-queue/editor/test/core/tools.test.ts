import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grid, Triple } from "../../src/core/grid.ts";
import { sentRange } from "../../src/core/image.ts";
import { FREE, type LabelArray, LabelVolume } from "../../src/core/labels.ts";
import { areaOf, lengthBetween } from "../../src/core/measure.ts";
import { type Place, Plane } from "../../src/core/plane.ts";
import { sweep } from "../../src/core/tools/brush.ts";
import { grow, levelTrace, neckOf } from "../../src/core/tools/grow.ts";
import { cut, fillPolygon } from "../../src/core/tools/polygon.ts";
import { combine, copySlice, fillHoles, interpolate, keepLargest, margin, removePart, removeSmallParts, smooth } from "../../src/core/tools/region.ts";
import { MAX_LABEL, grid, image, someLabels } from "./fixtures.ts";

const voxels = (values: LabelArray, label = 1) => {
  let sum = 0;
  for (const value of values) if (value === label) sum++;
  return sum;
};
const count = (labels: LabelVolume, label = 1) => voxels(labels.values, label);

function ball(on: Grid, centre: Triple, radius: number, label = 1, into = LabelVolume.empty(on, MAX_LABEL)): LabelVolume {
  const edit = into.edit(FREE);
  sweep(edit, { radius, shape: "ball", label }, centre, centre);
  edit.commit();
  return into;
}

describe("the brush", () => {
  it("has the volume of a ball on anisotropic voxels", () => {
    const on = grid([60, 50, 30], [0.8, 1.1, 2.0]);
    for (const radius of [9, 12, 15]) {
      const labels = ball(on, [30, 25, 15], radius);
      const volume = count(labels) * on.voxelVolume();
      expect(Math.abs(volume / ((4 / 3) * Math.PI * radius ** 3) - 1)).toBeLessThan(0.02);
    }
  });

  it("has the area of a disc, on its own slice only", () => {
    const on = grid([60, 50, 5], [0.8, 1.1, 2.5]);
    const labels = LabelVolume.empty(on, MAX_LABEL);
    const edit = labels.edit(FREE);
    sweep(edit, { radius: 14, shape: 2, label: 1 }, [30, 25, 3], [30, 25, 3]);
    const delta = edit.commit();
    expect(new Set(delta.starts.map((at) => on.indexOf(at)[2]))).toEqual(new Set([3]));
    expect(Math.abs((count(labels) * 0.8 * 1.1) / (Math.PI * 14 ** 2) - 1)).toBeLessThan(0.02);
  });

  it("leaves no gap between two events far apart, whatever the plane", () => {
    const on = grid([40, 40, 40], [1, 1, 2]);
    for (const shape of [0, 1, 2] as const) {
      const labels = LabelVolume.empty(on, MAX_LABEL);
      const edit = labels.edit(FREE);
      const at = (a: number, b: number): Triple => (shape === 0 ? [20, a, b] : shape === 1 ? [a, 20, b] : [a, b, 20]);
      sweep(edit, { radius: 2, shape, label: 1 }, at(5, 5), at(33, 30));
      edit.commit();
      for (let share = 0; share <= 1; share += 0.01) {
        const [c, r, s] = at(5 + 28 * share, 5 + 25 * share);
        expect(labels.values[on.offset(Math.round(c), Math.round(r), Math.round(s))]).toBe(1);
      }
    }
  });

  it("paints at least the voxel under it, however small it is", () => {
    const labels = ball(grid(), [3, 2, 1], 0.01);
    expect(count(labels)).toBe(1);
  });

  it("spares values out of range and, as an eraser, other labels", () => {
    const on = grid([9, 9, 1], [1, 1, 1]);
    const picture = image(on, (column) => column * 10);
    const labels = ball(on, [4, 4, 0], 20, 2);
    const edit = labels.edit(FREE);
    // 2 x 30 - 1000 to 2 x 50 - 1000.
    sweep(edit, { radius: 20, shape: 2, label: 1, within: { image: picture, range: sentRange(picture, -940, -900) } }, [4, 4, 0], [4, 4, 0]);
    edit.commit();
    expect(count(labels, 1)).toBe(27);
    const eraser = labels.edit(FREE);
    sweep(eraser, { radius: 20, shape: 2, label: 0, only: 1 }, [4, 4, 0], [4, 4, 0]);
    eraser.commit();
    expect([count(labels, 1), count(labels, 2)]).toEqual([0, 54]);
  });

  it("turns a range round if the slope is below nought", () => {
    const picture = { ...image(grid(), () => 0), slope: -2 };
    expect(sentRange(picture, -940, -900)).toEqual({ least: -50, largest: -30 });
  });
});

describe("polygons", () => {
  const on = grid([20, 16, 3], [0.5, 2, 1]);
  const plane = Plane.threeOf(on)[0];
  const square: Place[] = [[2, 3], [12, 3], [12, 9], [2, 9]];

  it("fill the pixels whose centre is inside", () => {
    const labels = LabelVolume.empty(on, MAX_LABEL);
    const edit = labels.edit(FREE);
    fillPolygon(edit, plane, 1, square, 1);
    edit.commit();
    expect(count(labels)).toBe(60);
  });

  it("that share a border neither overlap nor leave a gap", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 19, noNaN: true }), fc.double({ min: 1, max: 19, noNaN: true }), (top, bottom) => {
        const labels = LabelVolume.empty(on, MAX_LABEL);
        const edit = labels.edit({ locked: new Set(), overwrite: "empty" });
        fillPolygon(edit, plane, 1, [[0, 0], [top, 0], [bottom, 16], [0, 16]], 1);
        fillPolygon(edit, plane, 1, [[top, 0], [20, 0], [20, 16], [bottom, 16]], 2);
        edit.commit();
        expect(count(labels, 1) + count(labels, 2)).toBe(20 * 16);
      }),
    );
  });

  it("cut through all slices, inside or outside", () => {
    for (const where of ["inside", "outside"] as const) {
      const labels = ball(on, [10, 8, 1], 100);
      const edit = labels.edit(FREE);
      cut(edit, plane, { first: 0, last: 2 }, square, 1, where);
      edit.commit();
      expect(count(labels)).toBe(where === "inside" ? 3 * (320 - 60) : 3 * 60);
    }
  });

  it("are measured in mm, with the values inside", () => {
    const picture = image(on, (_, row) => row);
    const measure = areaOf(picture, plane, 1, square);
    expect(measure.area).toBe(60);
    const rows = [3, 4, 5, 6, 7, 8].map((screen) => plane.indexAt([2.5, screen + 0.5], 1)![1] * 2 - 1000);
    expect(measure.mean).toBeCloseTo(rows.reduce((sum, value) => sum + value) / 6, 9);
    expect([measure.least, measure.largest]).toEqual([Math.min(...rows), Math.max(...rows)]);
  });

  it("of nothing have no values", () => {
    expect(areaOf(image(on, () => 0), plane, 1, [[1.6, 1.6], [1.9, 1.6], [1.9, 1.9]]).mean).toBeNaN();
  });

  it("lengths are in mm along all axes", () => {
    expect(lengthBetween(on, [0, 0, 0], [4, 1, 1])).toBeCloseTo(3, 9);
  });
});

describe("region tools", () => {
  const on = grid([24, 20, 16], [0.9, 1, 1.5]);
  const run = (labels: LabelVolume, tool: (edit: ReturnType<LabelVolume["edit"]>) => void) => {
    const edit = labels.edit(FREE);
    tool(edit);
    return edit.commit();
  };

  it("keep the largest part, remove one, remove small ones", () => {
    const three = () => ball(on, [4, 4, 3], 2, 1, ball(on, [20, 16, 13], 1, 1, ball(on, [12, 10, 8], 4)));
    const [large, small, tiny] = [count(ball(on, [12, 10, 8], 4)), count(ball(on, [4, 4, 3], 2)), count(ball(on, [20, 16, 13], 1))];
    const kept = three();
    run(kept, (edit) => keepLargest(edit, 1, "volume"));
    expect(count(kept)).toBe(large);
    const without = three();
    run(without, (edit) => removePart(edit, [4, 4, 3], "volume"));
    expect(count(without)).toBe(large + tiny);
    const only = three();
    run(only, (edit) => removePart(edit, [4, 4, 3], "volume", "others"));
    expect(count(only)).toBe(small);
    const sifted = three();
    run(sifted, (edit) => removeSmallParts(edit, 1, (tiny + 0.5) * on.voxelVolume(), "volume"));
    expect(count(sifted)).toBe(large + small);
  });

  it("fill holes in space, and rings on a slice that are open in space", () => {
    const labels = ball(on, [12, 10, 8], 6);
    const whole = count(labels);
    ball(on, [12, 10, 8], 3, 0, labels);
    expect(count(labels)).toBeLessThan(whole);
    run(labels, (edit) => fillHoles(edit, 1, "volume"));
    expect(count(labels)).toBe(whole);
    // A tube along the slices is no hole in space, but one on each slice.
    const tube = LabelVolume.empty(on, MAX_LABEL);
    run(tube, (edit) => {
      for (let slice = 0; slice < 16; slice++) sweep(edit, { radius: 5, shape: 2, label: 1 }, [12, 10, slice], [12, 10, slice]);
    });
    const solid = count(tube);
    run(tube, (edit) => {
      for (let slice = 0; slice < 16; slice++) sweep(edit, { radius: 2, shape: 2, label: 0 }, [12, 10, slice], [12, 10, slice]);
    });
    const hollow = count(tube);
    expect(run(tube, (edit) => fillHoles(edit, 1, "volume")).isEmpty).toBe(true);
    run(tube, (edit) => fillHoles(edit, 1, { fixed: 2, slice: 4 }));
    expect(count(tube)).toBe(hollow + (solid - hollow) / 16);
  });

  it("let a ball grow and shrink by mm", () => {
    const fine = grid([60, 56, 40], [0.5, 0.5, 0.75]);
    const start = () => ball(fine, [30, 28, 20], 9);
    const grown = start();
    run(grown, (edit) => margin(edit, 1, 3, "volume"));
    const volume = count(grown) * fine.voxelVolume();
    expect(Math.abs(volume / ((4 / 3) * Math.PI * 12 ** 3) - 1)).toBeLessThan(0.05);
    run(grown, (edit) => margin(edit, 1, -3, "volume"));
    expect(Math.abs(count(grown) / count(start()) - 1)).toBeLessThan(0.05);
  });

  it("shrink from the border of the volume as well", () => {
    const full = LabelVolume.empty(on, MAX_LABEL);
    full.values.fill(1);
    run(full, (edit) => margin(edit, 1, -1, "volume"));
    expect(full.values[0]).toBe(0);
    expect(full.values[on.offset(12, 10, 8)]).toBe(1);
  });

  it("grow on one slice without touching another", () => {
    const labels = ball(on, [12, 10, 8], 4);
    const delta = run(labels, (edit) => margin(edit, 1, 2, { fixed: 2, slice: 8 }));
    expect(new Set(delta.starts.map((at) => on.indexOf(at)[2]))).toEqual(new Set([8]));
  });

  it("grown and shrunk masks hold one another", () => {
    fc.assert(
      fc.property(someLabels(grid()), fc.double({ min: 0.5, max: 4, noNaN: true }), (labels, mm) => {
        const before = labels.values.slice();
        run(labels, (edit) => margin(edit, 1, mm, "volume"));
        before.forEach((value, at) => value === 1 && expect(labels.values[at]).toBe(1));
        labels.values.set(before);
        run(labels, (edit) => margin(edit, 1, -mm, "volume"));
        labels.values.forEach((value, at) => value === 1 && expect(before[at]).toBe(1));
      }),
    );
  });

  it("smoothing takes off a spike and fills a notch, and spares the rest", () => {
    const labels = ball(on, [12, 10, 8], 5);
    const whole = labels.values.slice();
    labels.values[on.offset(12, 17, 8)] = 1;
    labels.values[on.offset(12, 10, 8)] = 0;
    run(labels, (edit) => smooth(edit, 1, 1.2, "volume"));
    expect(labels.values[on.offset(12, 17, 8)]).toBe(0);
    expect(labels.values[on.offset(12, 10, 8)]).toBe(1);
    let changed = 0;
    whole.forEach((value, at) => (changed += value !== labels.values[at] ? 1 : 0));
    expect(changed).toBeLessThan(0.1 * voxels(whole));
  });

  it("combine segments", () => {
    const two = () => ball(on, [15, 10, 8], 3, 2, ball(on, [12, 10, 8], 4));
    const added = two();
    run(added, (edit) => combine(edit, 1, 2, "add"));
    expect(count(added, 2)).toBe(0);
    const apart = two();
    const touching = count(apart);
    run(apart, (edit) => combine(edit, 1, 2, "subtract", 1.1));
    expect(count(apart)).toBeLessThan(touching);
    const near = two();
    run(near, (edit) => combine(edit, 1, 2, "intersect", 1.1));
    expect(count(near)).toBe(touching - count(apart));
  });

  it("copy a slice onto another, replacing what was there", () => {
    const labels = ball(on, [12, 10, 8], 4);
    run(labels, (edit) => copySlice(edit, 1, 2, 8, 11));
    const on8 = labels.values.slice(on.offset(0, 0, 8), on.offset(0, 0, 9));
    expect(labels.values.slice(on.offset(0, 0, 11), on.offset(0, 0, 12))).toEqual(on8);
  });

  it("interpolate anew between key slices, over a dense mask too", () => {
    const labels = LabelVolume.empty(on, MAX_LABEL);
    run(labels, (edit) => {
      for (let slice = 2; slice <= 12; slice++) sweep(edit, { radius: 8, shape: 2, label: 1 }, [12, 10, slice], [12, 10, slice]);
    });
    run(labels, (edit) => {
      for (const slice of [2, 12]) {
        sweep(edit, { radius: 20, shape: 2, label: 0 }, [12, 10, slice], [12, 10, slice]);
        sweep(edit, { radius: slice === 2 ? 3 : 6, shape: 2, label: 1 }, [12, 10, slice], [12, 10, slice]);
      }
    });
    run(labels, (edit) => interpolate(edit, 1, 2, [12, 2]));
    const areas = [...Array(16).keys()].map((slice) => voxels(labels.values.slice(on.offset(0, 0, slice), on.offset(0, 0, slice + 1))));
    for (let slice = 2; slice < 12; slice++) expect(areas[slice + 1]).toBeGreaterThanOrEqual(areas[slice]!);
    expect(Math.abs((areas[7]! * 0.9) / (Math.PI * 4.5 ** 2) - 1)).toBeLessThan(0.15);
    expect([areas[1], areas[13]]).toEqual([0, 0]);
  });

  it("do nothing for a segment that is not there", () => {
    const labels = ball(on, [12, 10, 8], 4);
    for (const tool of [keepLargest, fillHoles] as const) expect(run(labels, (edit) => tool(edit, 3, "volume")).isEmpty).toBe(true);
    expect(run(labels, (edit) => interpolate(edit, 3, 2, [1, 9])).isEmpty).toBe(true);
    expect(run(labels, (edit) => margin(edit, 3, 2, "volume")).isEmpty).toBe(true);
    expect(run(labels, (edit) => combine(edit, 3, 1, "intersect")).isEmpty).toBe(true);
  });
});

describe("growing from a seed", () => {
  // Two rooms of 9 x 9 x 9 joined by a corridor of one voxel.
  const on = grid([24, 9, 9], [1, 1, 1]);
  const rooms = image(on, (column, row, slice) => (column < 9 || column > 13 || (row === 4 && slice === 4) ? 100 : 0));
  const range = { least: 50, largest: 150 };
  const growth = { image: rooms, range, label: 1, extent: "volume", reach: 1000, guarded: true } as const;

  it("fills what is connected", () => {
    const edit = LabelVolume.empty(on, MAX_LABEL).edit(FREE);
    expect(grow(edit, { ...growth, guarded: false }, [4, 4, 4])).toEqual({ voxels: 9 * 81 + 5 + 10 * 81, ended: "filled" });
  });

  it("stops at a neck if it is guarded", () => {
    const labels = LabelVolume.empty(on, MAX_LABEL);
    const edit = labels.edit(FREE);
    const grown = grow(edit, growth, [4, 4, 4]);
    expect(grown.ended).toBe("leak");
    expect(grown.voxels).toBeGreaterThan(9 * 81 * 0.9);
    edit.commit();
    expect(labels.values[on.offset(20, 4, 4)]).toBe(0);
  });

  it("goes no farther than it may", () => {
    const edit = LabelVolume.empty(on, MAX_LABEL).edit(FREE);
    const grown = grow(edit, { ...growth, guarded: false, reach: 2 }, [4, 4, 4]);
    expect(grown).toEqual({ voxels: 33, ended: "reach" });
  });

  it("grows nothing from a voxel out of range", () => {
    expect(grow(LabelVolume.empty(on, MAX_LABEL).edit(FREE), growth, [10, 0, 0])).toEqual({ voxels: 0, ended: "filled" });
  });

  it("traces a grey level on one slice only", () => {
    const labels = LabelVolume.empty(on, MAX_LABEL);
    const edit = labels.edit(FREE);
    expect(levelTrace(edit, rooms, [2, 2, 0], 1, 2).voxels).toBe(81);
    expect(new Set(edit.commit().starts.map((at) => on.indexOf(at)[2]))).toEqual(new Set([0]));
  });

  it("takes a taper to nothing for no neck", () => {
    expect(neckOf([1, 6, 20, 30, 20, 6, 1])).toBe(7);
    expect(neckOf([1, 6, 20, 30, 8, 2, 1, 1, 9, 40])).toBe(6);
  });
});
