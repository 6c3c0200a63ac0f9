import { describe, expect, it } from "vitest";
import { Grid, type Triple } from "../../src/core/grid.ts";
import { Link, nearestVoxel, planeNamed, sliceAt, tiltBetween } from "../../src/core/linked.ts";
import { Plane } from "../../src/core/plane.ts";
import { grid, orientations } from "./fixtures.ts";

const close = (found: Triple, expected: Triple) => found.forEach((value, axis) => expect(value).toBeCloseTo(expected[axis]!, 6));

/** Another grid whose middle is that of `of`, moved in patient space. */
function around(of: Grid, axes: number[][], away: Triple): Grid {
  const sizes: Triple = [40, 30, 20];
  const spacings: Triple = [1.5, 0.9, 3];
  const loose = grid(sizes, spacings, axes);
  const middle = of.toPatient([(of.sizes[0] - 1) / 2, (of.sizes[1] - 1) / 2, (of.sizes[2] - 1) / 2]);
  const own = loose.toPatient([(sizes[0] - 1) / 2, (sizes[1] - 1) / 2, (sizes[2] - 1) / 2]);
  return new Grid({
    columns: sizes[0],
    rows: sizes[1],
    slices: sizes[2],
    position: loose.position.map((value, d) => value + middle[d]! - own[d]! + away[d]!),
    axes: { column: loose.directions[0], row: loose.directions[1], slice: loose.directions[2] },
    spacing: { column: spacings[0], row: spacings[1], slice: spacings[2] },
  });
}

describe("a prior image", () => {
  const current = grid([31, 25, 17], [0.8, 1.1, 2.5], orientations(0.2)[5]!);

  it.each(orientations(0.1).map((axes, at) => [at, axes] as const))("of the same frame of reference shows the same place, orientation %i", (_, axes) => {
    const prior = around(current, axes, [0, 0, 0]);
    const link = Link.between(current, prior, true);
    const index: Triple = [14, 13, 9];
    expect(link.kind).toBe("position");
    close(prior.toPatient(link.toPrior(index)), current.toPatient(index));
    close(link.toCurrent(link.toPrior(index)), index);
  });

  it.each(orientations(0.1).map((axes, at) => [at, axes] as const))("of another one goes along from where a reader linked it, orientation %i", (_, axes) => {
    const prior = around(current, axes, [120, -35, 410]);
    const unlinked = Link.between(current, prior, false);
    expect(unlinked.linked).toBe(false);
    const [here, there]: [Triple, Triple] = [[10, 12, 8], [20, 14, 9]];
    const link = unlinked.linkedAt(here, there);
    expect(link.kind).toBe("offset");
    close(link.toPrior(here), there);
    // 12.5 mm to the head in one is 12.5 mm to the head in the other, however the grids lie.
    const from = current.toPatient(here);
    const higher = current.toIndex([from[0], from[1], from[2] + 12.5]);
    const moved = prior.toPatient(link.toPrior(higher));
    const before = prior.toPatient(there);
    close(moved, [before[0], before[1], before[2] + 12.5]);
    close(link.toCurrent(link.toPrior(higher)), higher);
  });

  it.each(orientations(0.1).map((axes, at) => [at, axes] as const))("is scrolled the same way on the screen, orientation %i", (_, axes) => {
    const prior = around(current, axes, [0, 0, 0]);
    const link = Link.between(current, prior, true);
    for (const plane of Plane.threeOf(current)) {
      const other = planeNamed(prior, plane.name);
      const at = (steps: number) => {
        const index: [number, number, number] = [15, 12, 8];
        index[plane.fixed] += steps * plane.upStep;
        return link.toPrior(index)[other.fixed] * other.upStep;
      };
      expect(at(2)).toBeGreaterThan(at(0));
    }
  });

  it("says by how much its planes are tilted, however its axes run", () => {
    const straight = planeNamed(grid([9, 9, 9], [1, 1, 1], orientations(0)[0]!), "Axial");
    for (const axes of orientations(0.3)) {
      // The axis from feet to head was turned by half of 0.3 about the axis from right to left.
      const tilted = planeNamed(grid([9, 9, 9], [1, 1, 1], axes), "Axial");
      expect(tiltBetween(straight, tilted)).toBeCloseTo((0.15 * 180) / Math.PI, 6);
    }
  });

  it("is blank where it does not reach", () => {
    const plane = planeNamed(grid([40, 30, 20], [1, 1, 2], orientations(0)[0]!), "Axial");
    expect(sliceAt(plane, [5, 5, 19.4])).toBe(19);
    expect(sliceAt(plane, [5, 5, 19.6])).toBeNull();
    expect(sliceAt(plane, [5, 5, -0.4])).toBe(0);
    expect(sliceAt(plane, [5, 5, -0.6])).toBeNull();
    expect(sliceAt(plane, [5, 5, NaN])).toBeNull();
    expect(nearestVoxel(plane.grid, [-3, 12.6, 900])).toEqual([0, 13, 19]);
  });
});
