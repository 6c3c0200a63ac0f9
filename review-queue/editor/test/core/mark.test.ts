import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Grid } from "../../src/core/grid.ts";
import type { ImageVolume } from "../../src/core/image.ts";
import { ellipse, handlesOf, isWhole, measureOf, placesOn, pointsAt, rectangle, replaced, shifted, simplified, sliceOf, stretched } from "../../src/core/mark.ts";
import { areaOf, valueAt } from "../../src/core/measure.ts";
import { type Place, Plane } from "../../src/core/plane.ts";
import { grid, orientations } from "./fixtures.ts";

const CONCEPT = { value: "410668003", scheme: "SCT", meaning: "Length" };
const found = (kind: "length" | "area" | "point" | "contour", points: readonly (readonly [number, number, number])[]) => ({ id: "a", kind, concept: CONCEPT, segment: 0, points });

/** The value of a voxel is 10 times its column, times the slope, plus the intercept. */
function ramp(on: Grid): ImageVolume {
  const values = Int16Array.from({ length: on.voxels }, (_, at) => 10 * on.indexOf(at)[0]);
  return { grid: on, values, slope: 2, intercept: -5 };
}

describe("points of a mark", () => {
  it("lie in the patient where they were drawn, in all 48 orientations and on all three planes", () => {
    for (const axes of orientations(0.2)) {
      const on = grid([7, 5, 4], [0.8, 1.1, 2.5], axes);
      for (const plane of Plane.threeOf(on)) {
        const places: Place[] = [
          [0.5, 0.5],
          [plane.width - 0.25, plane.height - 1.5],
        ];
        const points = pointsAt(plane, 2, places);
        const back = placesOn(plane, 2, points)!;
        back.forEach((place, at) => {
          expect(place[0]).toBeCloseTo(places[at]![0], 9);
          expect(place[1]).toBeCloseTo(places[at]![1], 9);
        });
        expect(sliceOf(plane, points)).toBe(2);
        expect(placesOn(plane, 1, points)).toBeNull();
        expect(placesOn(plane, 3, points)).toBeNull();
      }
    }
  });

  it("that lie between two slices are seen on one of them", () => {
    const on = grid();
    const plane = new Plane(on, 2);
    for (const slice of [1.2, 1.5, 1.8]) {
      const points = [on.toPatient([2, 2, slice])];
      expect([0, 1, 2, 3].filter((at) => placesOn(plane, at, points))).toHaveLength(1);
      expect(sliceOf(plane, points)).toBe(Math.floor(slice + 0.5));
    }
  });

  it("stay as far in front of the plane as they were when they are moved on it", () => {
    const on = grid();
    const plane = new Plane(on, 2);
    const moved = replaced(plane, [on.toPatient([2, 2, 1.3])], [plane.placeOf([4, 3, 0])]);
    const index = on.toIndex(moved[0]!);
    [4, 3, 1.3].forEach((expected, axis) => expect(index[axis as 0 | 1 | 2]).toBeCloseTo(expected, 9));
  });
});

describe("what a mark measures", () => {
  const image = ramp(grid([40, 30, 6], [0.5, 2, 4]));
  const planes = Plane.threeOf(image.grid);
  const [axial, coronal] = planes;

  it("is a length in mm of the patient, in the plane and across slices", () => {
    const { grid: on } = image;
    expect(measureOf(image, planes, found("length", [on.toPatient([0, 0, 1]), on.toPatient([8, 1.5, 1])])).length).toBeCloseTo(5, 9);
    expect(measureOf(image, planes, found("length", [on.toPatient([0, 0, 0]), on.toPatient([0, 1.5, 1])])).length).toBeCloseTo(5, 9);
  });

  it("is the area and the values inside, on a plane whose pixels are not square", () => {
    // Columns 10 to 19 and rows 5 to 8 of slice 2: ten of 0.5 mm by four of 2 mm.
    const border = rectangle(axial.placeOf([9.5, 4.5, 2]), axial.placeOf([19.5, 8.5, 2]));
    const { area } = measureOf(image, planes, found("area", pointsAt(axial, 2, border)));
    expect(area!.area).toBeCloseTo(5 * 8, 9);
    expect(area!.least).toBe(10 * 10 * 2 - 5);
    expect(area!.largest).toBe(19 * 10 * 2 - 5);
    expect(area!.mean).toBeCloseTo(14.5 * 20 - 5, 9);
    expect(area!.deviation).toBeCloseTo(20 * Math.sqrt((10 * 10 - 1) / 12), 9);
  });

  it("is the same on the plane across which it was drawn", () => {
    // Columns of 0.5 mm by slices of 4 mm.
    const border = rectangle(coronal.placeOf([9.5, 7, 0.5]), coronal.placeOf([19.5, 7, 3.5]));
    const { area } = measureOf(image, planes, found("contour", pointsAt(coronal, 7, border)));
    expect(area!.area).toBeCloseTo(5 * 12, 9);
    expect(area!.mean).toBeCloseTo(14.5 * 20 - 5, 9);
  });

  it("is that of an ellipse to the part that its corners leave out", () => {
    const border = ellipse([4, 4], [24, 14]);
    const mm2 = Math.PI * (20 * 0.5 * 0.5) * (10 * 2 * 0.5);
    expect(areaOf(image, axial, 2, border).area / mm2).toBeCloseTo(1, 2);
  });

  it("is the value at a point, and nothing outside of the image", () => {
    expect(measureOf(image, planes, found("point", [image.grid.toPatient([7.4, 3, 2])])).value).toBe(7 * 20 - 5);
    expect(valueAt(image, [-0.6, 0, 0])).toBeNull();
    expect(valueAt(image, [39.4, 29, 5])).toBe(39 * 20 - 5);
  });
});

describe("a shape", () => {
  const on = grid([40, 30, 6]);
  const plane = new Plane(on, 2);
  const border = ellipse([5, 6], [15, 26]);

  it("is drawn larger at one corner while the opposite one stays", () => {
    const larger = stretched("area", border, 2, [25, 46]);
    const corners = handlesOf("area", larger);
    expect(corners[0]).toEqual([5, 6]);
    expect(corners[2]![0]).toBeCloseTo(25, 9);
    expect(corners[2]![1]).toBeCloseTo(46, 9);
  });

  it("moves as far as the plane goes and keeps its form", () => {
    const moved = shifted(plane, border, 100, -100);
    const corners = handlesOf("area", moved);
    expect(corners[2]![0]).toBeCloseTo(plane.width, 9);
    expect(corners[0]![1]).toBeCloseTo(0, 9);
    moved.forEach(([u, v], at) => {
      expect(u - border[at]![0]).toBeCloseTo(plane.width - 15, 9);
      expect(v - border[at]![1]).toBeCloseTo(-6, 9);
    });
  });

  it("that was drawn freely loses corners and not its form", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.5, noNaN: true }), fc.integer({ min: 400, max: 3000 }), (tolerance, count) => {
        const free: Place[] = Array.from({ length: count }, (_, at) => {
          const angle = (2 * Math.PI * at) / count;
          return [20 + 9 * Math.cos(angle) + 0.01 * Math.sin(37 * angle), 15 + 7 * Math.sin(angle)];
        });
        const kept = simplified(free, tolerance);
        expect(kept.length).toBeLessThan(count);
        const area = (places: readonly Place[]) => Math.abs(places.reduce((sum, [u, v], at) => sum + (u * places[(at + 1) % places.length]![1] - places[(at + 1) % places.length]![0] * v) / 2, 0));
        expect(Math.abs(area(kept) - area(free))).toBeLessThan(tolerance * 2 * Math.PI * 9);
      }),
    );
  });

  it("without extent is none", () => {
    expect(isWhole("length", [[1, 1], [1, 1]])).toBe(false);
    expect(isWhole("box", rectangle([1, 1], [5, 1]))).toBe(false);
    expect(isWhole("box", rectangle([1, 1], [5, 2]))).toBe(true);
    expect(isWhole("contour", [[1, 1], [2, 2], [3, 3]])).toBe(false);
  });
});
