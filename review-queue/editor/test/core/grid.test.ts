import { describe, expect, it } from "vitest";
import { LabelCounts } from "../../src/core/counts.ts";
import { middleOf } from "../../src/core/find.ts";
import { Grid, type Triple } from "../../src/core/grid.ts";
import { Plane, letters } from "../../src/core/plane.ts";
import { grid, orientations } from "./fixtures.ts";

describe("a grid", () => {
  it("puts voxels where slice, row, column order says", () => {
    const small = grid([2, 3, 5]);
    const order = [];
    for (let slice = 0; slice < 5; slice++) for (let row = 0; row < 3; row++) for (let column = 0; column < 2; column++) order.push([column, row, slice]);
    expect(order.map(([c, r, s]) => small.offset(c!, r!, s!))).toEqual([...Array(30).keys()]);
    expect([...Array(30).keys()].map((at) => small.indexOf(at))).toEqual(order);
  });

  it("finds the patient position by hand-made numbers", () => {
    // Row axis along the patient's back, column axis to the left, slices to the feet.
    const plain = grid([4, 4, 4], [0.5, 2, 3], [[1, 0, 0], [0, 1, 0], [0, 0, -1]]);
    expect(plain.toPatient([2, 1, 3])).toEqual([-11.5, 42.25, -319]);
  });

  it.each(orientations(0.2).map((axes, at) => [at, axes] as const))("comes back from patient space, orientation %i", (_, axes) => {
    const tilted = grid([7, 5, 4], [0.8, 1.1, 2.5], axes);
    const index: Triple = [5.25, 2, 1.5];
    tilted.toIndex(tilted.toPatient(index)).forEach((value, axis) => expect(value).toBeCloseTo(index[axis]!, 9));
  });

  it.each([
    ["a spacing of nought", { spacing: { column: 0, row: 1, slice: 1 } }],
    ["a position that is no number", { position: [NaN, 0, 0] }],
    ["a part of a voxel", { columns: 1.5 }],
    ["a vector of two parts", { position: [0, 0] }],
  ])("refuses %s", (_, wrong) => {
    const right = {
      columns: 2,
      rows: 2,
      slices: 2,
      position: [0, 0, 0],
      axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, 1] },
      spacing: { column: 1, row: 1, slice: 1 },
    };
    expect(() => new Grid(right)).not.toThrow();
    expect(() => new Grid({ ...right, ...wrong })).toThrow();
  });
});

describe("a label's middle", () => {
  it("is in its largest slice and on the label", () => {
    const on = grid([4, 3, 5]);
    const labels = new Uint16Array(60);
    for (const [column, row, slice] of [[1, 1, 2], [2, 1, 2], [1, 2, 2], [0, 0, 4]] as const) labels[on.offset(column, row, slice)] = 3;
    const slices = LabelCounts.of(on, labels).along(3, 2);
    expect([...slices]).toEqual([0, 0, 3, 0, 1]);
    const middle = middleOf(on, labels, 3, slices)!;
    expect(middle[2]).toBe(2);
    expect(labels[on.offset(...middle)]).toBe(3);
  });
});

describe("the planes of a grid", () => {
  it.each(orientations(0.2).map((axes, at) => [at, axes] as const))("show the patient as radiologists expect, orientation %i", (_, axes) => {
    const on = grid([7, 5, 4], [0.8, 1.1, 2.5], axes);
    const planes = Plane.threeOf(on);
    expect(planes.map((plane) => plane.name).sort()).toEqual(["Axial", "Coronal", "Sagittal"]);
    for (const plane of planes) {
      const edges = plane.letters();
      const expected = { Axial: ["L", "P"], Coronal: ["L", "F"], Sagittal: ["P", "F"] }[plane.name];
      expect([edges.right[0], edges.bottom[0]]).toEqual(expected);
      // What is farther right on the screen is farther to where the letter says, in mm.
      const slice = 1;
      const from = on.toPatient(plane.indexAt([0.5, 0.5], slice)!);
      const right = on.toPatient(plane.indexAt([plane.width - 0.5, 0.5], slice)!);
      const down = on.toPatient(plane.indexAt([0.5, plane.height - 0.5], slice)!);
      const grows = (letter: string, a: Triple, b: Triple) => {
        const [axis, sign] = ({ L: [0, 1], P: [1, 1], F: [2, -1] } as const)[letter as "L" | "P" | "F"];
        return (b[axis] - a[axis]) * sign > 0;
      };
      expect(grows(expected[0]!, from, right)).toBe(true);
      expect(grows(expected[1]!, from, down)).toBe(true);
    }
  });

  it.each(orientations(0).map((axes, at) => [at, axes] as const))("lay a slice out in screen order, orientation %i", (_, axes) => {
    const on = grid([7, 5, 4], [0.8, 1.1, 2.5], axes);
    for (const plane of Plane.threeOf(on)) {
      const { first, stepAcross, stepDown } = plane.layout(2);
      for (let v = 0; v < plane.height; v++) {
        for (let u = 0; u < plane.width; u++) {
          const index = plane.indexAt([u + 0.5, v + 0.5], 2)!;
          expect(first + u * stepAcross + v * stepDown).toBe(on.offset(...index));
          expect(plane.placeOf(index)).toEqual([u + 0.5, v + 0.5]);
        }
      }
    }
  });

  it.each(orientations(0.2).map((axes, at) => [at, axes] as const))("go up to the head, the front and the left, orientation %i", (_, axes) => {
    const on = grid([7, 5, 4], [0.8, 1.1, 2.5], axes);
    for (const plane of Plane.threeOf(on)) {
      const at = (slice: number) => on.toPatient(plane.indexAt([0.5, 0.5], slice)!);
      const [axis, sign] = ({ Axial: [2, 1], Coronal: [1, -1], Sagittal: [0, 1] } as const)[plane.name];
      expect((at(1 + plane.upStep)[axis] - at(1)[axis]) * sign).toBeGreaterThan(0);
    }
  });

  it("find places between voxels where the screen shows them", () => {
    for (const axes of orientations(0)) {
      for (const plane of Plane.threeOf(grid([7, 5, 4], [0.8, 1.1, 2.5], axes))) {
        const index = plane.indexAt([1.5, 2.5], 1)!;
        expect(plane.betweenAt([1.5, 2.5], 1)).toEqual(index);
        const right = plane.betweenAt([2, 2.5], 1);
        expect(Math.abs(right[plane.across.axis] - index[plane.across.axis])).toBe(0.5);
        expect(plane.placeOf(right)).toEqual([2, 2.5]);
      }
    }
  });

  it("end at their edges", () => {
    const plane = Plane.threeOf(grid())[0];
    expect(plane.indexAt([-0.1, 1], 0)).toBeNull();
    expect(plane.indexAt([plane.width, 1], 0)).toBeNull();
    expect(plane.indexAt([NaN, 1], 0)).toBeNull();
  });

  it("name an oblique direction by its strongest letters", () => {
    expect(letters([0.8, -0.6, 0])).toBe("LA");
    expect(letters([0.1, 0.1, -0.99])).toBe("F");
  });
});
