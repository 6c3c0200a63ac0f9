import { describe, expect, it } from "vitest";
import { type Hanging, USUAL, planesOf, planesSeen } from "../../src/core/hanging.ts";
import { grid, orientations } from "./fixtures.ts";

const names = (hanging: Partial<Hanging>, axes: number[][], sizes = [7, 5, 4]) =>
  planesOf(grid(sizes, [0.8, 1.1, 2.5], axes), { ...USUAL, ...hanging }).map((plane) => plane.name);

describe("the planes of a hanging", () => {
  it("begin with the one in which the image was made, if nothing is said", () => {
    for (const axes of orientations(0.2)) {
      const on = grid([7, 5, 4], [0.8, 1.1, 2.5], axes);
      expect(planesOf(on, USUAL).map((plane) => plane.fixed)).toEqual([2, 1, 0]);
    }
  });

  it.each(orientations(0.2).map((axes, at) => [at, axes] as const))("come in the order that is asked for, orientation %i", (_, axes) => {
    expect(names({ planes: ["sagittal", "axial", "coronal"] }, axes)).toEqual(["Sagittal", "Axial", "Coronal"]);
    expect(names({ planes: ["coronal"] }, axes)[0]).toBe("Coronal");
    expect(names({ planes: ["coronal"] }, axes)).toHaveLength(3);
  });

  it("are one where the image has one slice, whatever is asked for", () => {
    const axes = orientations(0.2)[0]!;
    expect(names({ planes: ["sagittal"] }, axes, [7, 5, 1])).toEqual(["Axial"]);
  });

  it("are all seen, or only the large one", () => {
    const planes = planesOf(grid(), USUAL);
    expect(planesSeen("three_planes", planes)).toBe(3);
    expect(planesSeen("two_by_two", planes)).toBe(3);
    expect(planesSeen("one_plane", planes)).toBe(1);
  });
});
