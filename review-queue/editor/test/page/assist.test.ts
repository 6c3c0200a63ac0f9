import fc from "fast-check";
import { expect, it } from "vitest";
import type { Triple } from "../../src/core/grid.ts";
import { cropAround } from "../../src/page/assist-refining.ts";
import { grid } from "../core/fixtures.ts";

it("the crop about a click lies in the grid, has the click, and is no larger than the server takes", () => {
  const on = grid([300, 80, 40], [0.5, 1.2, 5]);
  const index = fc.tuple(fc.integer({ min: 0, max: 299 }), fc.integer({ min: 0, max: 79 }), fc.integer({ min: 0, max: 39 }));
  fc.assert(
    fc.property(index, (at) => {
      const { least, largest } = cropAround(on, at as Triple);
      expect(on.contains(least) && on.contains(largest)).toBe(true);
      at.forEach((value, axis) => {
        expect(value).toBeGreaterThanOrEqual(least[axis]!);
        expect(value).toBeLessThanOrEqual(largest[axis]!);
        expect(largest[axis]! - least[axis]! + 1).toBeLessThanOrEqual(96);
      });
      expect(largest[0] - least[0] + 1).toBe(96);
      expect(largest[2] - least[2] + 1).toBe(25);
    }),
  );
});
