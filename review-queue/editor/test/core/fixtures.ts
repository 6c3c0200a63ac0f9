// Small grids and images that hide no mistake: oblique, anisotropic, off-origin, no two sizes the same.

import fc from "fast-check";
import { Grid } from "../../src/core/grid.ts";
import type { ImageVolume } from "../../src/core/image.ts";
import { LabelVolume } from "../../src/core/labels.ts";

const AXIS_PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** The 48 ways in which the axes of a grid can lie along those of a patient, tilted a little. */
export function orientations(tilt = 0): number[][][] {
  const ways: number[][][] = [];
  for (const order of AXIS_PERMUTATIONS) {
    for (let signs = 0; signs < 8; signs++) {
      ways.push(
        order.map((patientAxis, axis) => {
          const vector = [0, 0, 0];
          vector[patientAxis] = (signs >> axis) & 1 ? -1 : 1;
          return turned(vector, tilt);
        }),
      );
    }
  }
  return ways;
}

/** Turns a vector by an angle about z and half of it about x. */
function turned([x, y, z]: number[], angle: number): number[] {
  const [c, s, c2, s2] = [Math.cos(angle), Math.sin(angle), Math.cos(angle / 2), Math.sin(angle / 2)];
  const [x1, y1, z1] = [c * x! - s * y!, s * x! + c * y!, z!];
  return [x1, c2 * y1 - s2 * z1, s2 * y1 + c2 * z1];
}

export function grid(sizes: readonly number[] = [7, 5, 4], spacings: readonly number[] = [0.8, 1.1, 2.5], axes = orientations(0.2)[0]!): Grid {
  return new Grid({
    columns: sizes[0]!,
    rows: sizes[1]!,
    slices: sizes[2]!,
    position: [-12.5, 40.25, -310],
    axes: { column: axes[0]!, row: axes[1]!, slice: axes[2]! },
    spacing: { column: spacings[0]!, row: spacings[1]!, slice: spacings[2]! },
  });
}

export const MAX_LABEL = 3;

export function labelsOf(on: Grid, values: readonly number[]): LabelVolume {
  return new LabelVolume(on, Uint8Array.from(values), MAX_LABEL);
}

/** Labels 0 to 3, in lumps so that runs and parts are of more than one voxel. */
export const someLabels = (on: Grid) =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: MAX_LABEL })), { minLength: 1, maxLength: 60 }).map((lumps) => {
    const values: number[] = [];
    for (let at = 0; values.length < on.voxels; at = (at + 1) % lumps.length) for (let i = 0; i < lumps[at]![0]; i++) values.push(lumps[at]![1]);
    return labelsOf(on, values.slice(0, on.voxels));
  });

export function image(on: Grid, value: (column: number, row: number, slice: number) => number): ImageVolume {
  const values = new Int16Array(on.voxels);
  for (let at = 0; at < on.voxels; at++) values[at] = value(...on.indexOf(at));
  return { grid: on, values, slope: 2, intercept: -1000 };
}
