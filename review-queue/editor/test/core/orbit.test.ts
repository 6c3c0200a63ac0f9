import { describe, expect, it } from "vitest";
import type { Triple } from "../../src/core/grid.ts";
import { LabelVolume } from "../../src/core/labels.ts";
import { Orbit, SIDES, sphereAround, surfaceAt } from "../../src/core/orbit.ts";
import { surfaceOf } from "../../src/core/surface-net.ts";
import { grid, orientations } from "./fixtures.ts";

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

describe("the sight of a surface", () => {
  it("begins in front of the patient: left is at the right, the head above", () => {
    const { right, up, near } = new Orbit().sight();
    expect(right.map(Math.round)).toEqual([1, 0, 0]);
    expect(up.map(Math.round)).toEqual([-0, 0, 1]);
    expect(near.map((value) => Math.round(value) + 0)).toEqual([0, -1, 0]);
  });

  it.each([
    ["A", 0, 0],
    ["R", -1, 0],
    ["L", 1, 0],
    ["P", 2, 0],
    ["H", 0, 1],
    ["F", 0, -1],
  ])("comes from %s after %d quarters about the body and %d upward", (letter, about, upward) => {
    const towards = SIDES.find(([name]) => name === letter)![1];
    const { near, up, right } = new Orbit().turned((about * Math.PI) / 2, (upward * Math.PI) / 2).sight();
    expect(dot(near, towards)).toBeCloseTo(1, 9);
    // Nothing is mirrored.
    const cross: Triple = [right[1] * up[2] - right[2] * up[1], right[2] * up[0] - right[0] * up[2], right[0] * up[1] - right[1] * up[0]];
    expect(dot(cross, near)).toBeCloseTo(1, 9);
  });

  it("goes no farther than the poles", () => {
    expect(new Orbit(0, 3).pitch).toBeCloseTo(Math.PI / 2, 9);
  });

  it("shows equal lengths as equal, whatever the canvas", () => {
    const sphere = { middle: [10, 20, 30], radius: 50 } as const;
    for (const [width, height] of [[800, 400], [300, 900]] as const) {
      const m = new Orbit(0.7, -0.4).matrix(sphere, width, height);
      const { right, up } = new Orbit(0.7, -0.4).sight();
      const pixels = (by: Triple) => Math.hypot(...[0, 1].map((row) => ((m[row]! * by[0] + m[4 + row]! * by[1] + m[8 + row]! * by[2]) * [width, height][row]!) / 2));
      expect(pixels(right)).toBeCloseTo(pixels(up), 4);
      // The sphere's diameter fills the smaller side.
      expect(2 * sphere.radius * pixels(right)).toBeCloseTo(Math.min(width, height), 3);
    }
  });
});

describe("a place on a surface", () => {
  it.each(orientations(0.2).map((axes, at) => [at, axes] as const))("is the one nearest to the viewer, orientation %i", (_, axes) => {
    const on = grid([15, 13, 11], [0.8, 1.1, 1.9], axes);
    const labels = LabelVolume.empty(on, 3);
    for (let at = 0; at < on.voxels; at++) if (on.indexOf(at).every((index, axis) => index > 3 && index < on.sizes[axis as 0 | 1 | 2] - 3)) labels.values[at] = 1;
    const mesh = surfaceOf(on, labels.values, 1)!;
    const sphere = sphereAround([mesh])!;
    const orbit = new Orbit(0.9, 0.35);
    const matrix = orbit.matrix(sphere, 400, 300);
    const found = surfaceAt([mesh], matrix, 0, 0)!;
    const { near, right, up } = orbit.sight();
    const away: Triple = [found[0] - sphere.middle[0], found[1] - sphere.middle[1], found[2] - sphere.middle[2]];
    expect(dot(away, right)).toBeCloseTo(0, 3);
    expect(dot(away, up)).toBeCloseTo(0, 3);
    expect(dot(away, near)).toBeGreaterThan(2);
    expect(surfaceAt([mesh], matrix, 0.99, 0.99)).toBeNull();
  });

  it("is not there where nothing is drawn", () => {
    expect(sphereAround([])).toBeNull();
    expect(surfaceAt([], new Float32Array(16), 0, 0)).toBeNull();
  });
});
