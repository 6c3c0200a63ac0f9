import { describe, expect, it } from "vitest";
import type { Box } from "../../src/core/box.ts";
import { Plane } from "../../src/core/plane.ts";
import { grid, orientations } from "./fixtures.ts";

describe("the pixels of a slice", () => {
  it.each(orientations().map((axes, at) => [at, axes] as const))("are the voxels that are extracted, in a part of it and in all, orientation %i", (_, axes) => {
    const on = grid([5, 4, 3], [1, 2, 3], axes);
    const values = Int16Array.from({ length: on.voxels }, (_, at) => at + 1);
    const box: Box = { least: [1, 1, 0], largest: [3, 2, 1] };
    for (const plane of Plane.threeOf(on)) {
      for (let slice = 0; slice < plane.count; slice++) {
        const expected = new Int16Array(plane.width * plane.height);
        plane.extract(slice, (target, source) => (expected[target] = values[source]!));
        const all = new Int16Array(expected.length);
        plane.gather(slice, values, all);
        expect(all).toEqual(expected);
        const part = plane.rectangleOf(box, slice);
        const inside = (index: readonly number[]) => index.every((at, axis) => at >= box.least[axis]! && at <= box.largest[axis]!);
        const some = new Int16Array(expected.length);
        if (part) plane.gather(slice, values, some, part);
        plane.extract(slice, (target, source) => expect(some[target]).toBe(inside(on.indexOf(source)) ? expected[target] : 0));
      }
    }
  });
});
