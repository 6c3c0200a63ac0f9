import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grid, Triple } from "../../src/core/grid.ts";
import { LabelVolume } from "../../src/core/labels.ts";
import { type Mesh, stepFor, surfaceOf } from "../../src/core/surface-net.ts";
import { grid, orientations } from "./fixtures.ts";

function ball(on: Grid, radius: number, label = 1): LabelVolume {
  const labels = LabelVolume.empty(on, 3);
  const middle = on.toPatient([(on.sizes[0] - 1) / 2, (on.sizes[1] - 1) / 2, (on.sizes[2] - 1) / 2]);
  for (let at = 0; at < on.voxels; at++) {
    const [x, y, z] = on.toPatient(on.indexOf(at));
    if (Math.hypot(x - middle[0], y - middle[1], z - middle[2]) <= radius) labels.values[at] = label;
  }
  return labels;
}

/** By the divergence theorem: above nought if the triangles turn outward. */
function enclosed({ positions, triangles }: Mesh): number {
  const corner = (at: number): Triple => [positions[triangles[at]! * 3]!, positions[triangles[at]! * 3 + 1]!, positions[triangles[at]! * 3 + 2]!];
  const origin = corner(0);
  const from = (at: number): Triple => corner(at).map((value, d) => value - origin[d]!) as unknown as Triple;
  let volume = 0;
  for (let at = 0; at < triangles.length; at += 3) {
    const [[a, b, c], [d, e, f], [g, h, i]] = [from(at), from(at + 1), from(at + 2)];
    volume += (a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)) / 6;
  }
  return volume;
}

/** How often each directed edge is there more than its reverse. */
function openEdges({ triangles }: Mesh): number {
  const edges = new Map<string, number>();
  for (let at = 0; at < triangles.length; at += 3) {
    for (const [from, to] of [[0, 1], [1, 2], [2, 0]] as const) {
      const [a, b] = [triangles[at + from]!, triangles[at + to]!];
      const key = a < b ? a + " " + b : b + " " + a;
      edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1));
    }
  }
  return [...edges.values()].filter((balance) => balance !== 0).length;
}

describe("the surface of a segment", () => {
  it.each([
    ["even", [1, 1, 1]],
    ["thick slices", [0.8, 0.8, 2.5]],
    ["no two alike", [0.7, 1.1, 1.9]],
  ])("has the volume of a ball within 2 %%, spacing %s", (_, spacings) => {
    const radius = 14;
    const on = grid(spacings.map((mm) => Math.ceil((2 * radius) / mm) + 4), spacings);
    const mesh = surfaceOf(on, ball(on, radius).values, 1)!;
    const ideal = (4 / 3) * Math.PI * radius ** 3;
    expect(Math.abs(enclosed(mesh) / ideal - 1)).toBeLessThan(0.02);
  });

  it.each(orientations(0.2).map((axes, at) => [at, axes] as const))("turns outward and lies on the ball, orientation %i", (_, axes) => {
    const on = grid([27, 21, 13], [0.8, 1.1, 1.9], axes);
    const mesh = surfaceOf(on, ball(on, 9).values, 1)!;
    expect(enclosed(mesh)).toBeGreaterThan(0.95 * (4 / 3) * Math.PI * 9 ** 3);
    const middle = on.toPatient([13, 10, 6]);
    for (let at = 0; at < mesh.positions.length; at += 3) {
      const out = [0, 1, 2].map((d) => mesh.positions[at + d]! - middle[d]!);
      const distance = Math.hypot(...out);
      expect(Math.abs(distance - 9)).toBeLessThan(1.6);
      const normal = [0, 1, 2].map((d) => mesh.normals[at + d]!);
      expect((out[0]! * normal[0]! + out[1]! * normal[1]! + out[2]! * normal[2]!) / distance).toBeGreaterThan(0.7);
    }
  });

  it("is closed whatever the voxels, at the borders of the image too", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (voxels) => {
        const on = grid([4, 3, 5]);
        const labels = Uint8Array.from(voxels, (inside) => (inside ? 2 : 0));
        const mesh = surfaceOf(on, labels, 2);
        if (!mesh) return !voxels.includes(true);
        expect(openEdges(mesh)).toBe(0);
        expect(enclosed(mesh)).toBeGreaterThan(0);
        return true;
      }),
      { seed: 4711 },
    );
  });

  it("is of one label only, and of none if there is no voxel", () => {
    const on = grid([12, 12, 12], [1, 1, 1]);
    const labels = ball(on, 4);
    labels.values[0] = 2;
    const alone = surfaceOf(on, labels.values, 2)!;
    expect(Math.hypot(...[0, 1, 2].map((d) => alone.positions[d]! - on.position[d]!))).toBeLessThan(1);
    expect(surfaceOf(on, labels.values, 3)).toBeNull();
  });

  it("takes fewer samples of what is very large, along the finest axes first", () => {
    const on = grid([512, 512, 600], [0.7, 0.7, 1]);
    const box = { least: [0, 0, 0], largest: [511, 511, 599] } as const;
    expect(stepFor(on, box)).toEqual([2, 2, 2]);
    expect(stepFor(on, box, 100_000_000)).toEqual([2, 1, 1]);
    expect(stepFor(on, { least: [0, 0, 0], largest: [99, 99, 99] })).toEqual([1, 1, 1]);
  });
});
