// From which side a surface is seen, without perspective, so that equal lengths look equal.

import type { Triple } from "./grid.ts";
import type { Mesh } from "./surface-net.ts";

/** Patient space on the screen: unit vectors. */
export interface Sight {
  readonly right: Triple;
  readonly up: Triple;
  /** Towards the viewer. */
  readonly near: Triple;
}

export interface Sphere {
  readonly middle: Triple;
  /** In mm, above nought. */
  readonly radius: number;
}

/** The sides of the patient by their letters. */
export const SIDES: readonly (readonly [letter: string, towards: Triple])[] = [
  ["A", [0, -1, 0]],
  ["P", [0, 1, 0]],
  ["L", [1, 0, 0]],
  ["R", [-1, 0, 0]],
  ["H", [0, 0, 1]],
  ["F", [0, 0, -1]],
];

const QUARTER = Math.PI / 2;
const LEAST_ZOOM = 0.3;
const LARGEST_ZOOM = 20;
/** Of the radius: what is farther to or from the viewer is cut off. */
const DEPTH = 2;

export class Orbit {
  /** About the axis from feet to head; at nought the viewer stands in front of the patient. */
  readonly yaw: number;
  /** Above nought the viewer looks down from the head. */
  readonly pitch: number;
  readonly zoom: number;

  constructor(yaw = 0, pitch = 0, zoom = 1) {
    this.yaw = yaw;
    this.pitch = Math.max(-QUARTER, Math.min(QUARTER, pitch));
    this.zoom = Math.max(LEAST_ZOOM, Math.min(LARGEST_ZOOM, zoom));
  }

  turned(yaw: number, pitch: number): Orbit {
    return new Orbit(this.yaw + yaw, this.pitch + pitch, this.zoom);
  }

  closer(factor: number): Orbit {
    return new Orbit(this.yaw, this.pitch, this.zoom * factor);
  }

  sight(): Sight {
    const [c, s, cp, sp] = [Math.cos(this.yaw), Math.sin(this.yaw), Math.cos(this.pitch), Math.sin(this.pitch)];
    return { right: [c, s, 0], up: [-s * sp, c * sp, cp], near: [s * cp, -c * cp, sp] };
  }

  /** From mm to clip space, column by column; the sphere fills the smaller side of a canvas at zoom 1. */
  matrix({ middle, radius }: Sphere, width: number, height: number): Float32Array {
    const { right, up, near } = this.sight();
    const perMm = (this.zoom * Math.min(width, height)) / radius;
    const rows = [
      right.map((value) => (value * perMm) / width),
      up.map((value) => (value * perMm) / height),
      near.map((value) => -value / (DEPTH * radius)),
    ];
    const matrix = new Float32Array(16);
    rows.forEach((row, at) => {
      for (let d = 0; d < 3; d++) matrix[d * 4 + at] = row[d]!;
      matrix[12 + at] = -(row[0]! * middle[0] + row[1]! * middle[1] + row[2]! * middle[2]);
    });
    matrix[15] = 1;
    return matrix;
  }
}

/** The sphere around the middle of a box that holds all meshes; null if there is nothing. */
export function sphereAround(meshes: readonly Mesh[]): Sphere | null {
  const least = [Infinity, Infinity, Infinity];
  const largest = [-Infinity, -Infinity, -Infinity];
  for (const { positions } of meshes) {
    for (let at = 0; at < positions.length; at++) {
      least[at % 3] = Math.min(least[at % 3]!, positions[at]!);
      largest[at % 3] = Math.max(largest[at % 3]!, positions[at]!);
    }
  }
  const half = least.map((value, d) => (largest[d]! - value) / 2);
  if (!half.every((mm) => mm >= 0)) return null;
  const middle: Triple = [least[0]! + half[0]!, least[1]! + half[1]!, least[2]! + half[2]!];
  return { middle, radius: Math.max(1, Math.hypot(...half)) };
}

/**
 * The place on the nearest surface under a point of the screen, or null.
 *
 * @param matrix as {@link Orbit.matrix} makes it
 * @param x from -1 at the left to 1 at the right edge; y from -1 at the lower to 1 at the upper one
 */
export function surfaceAt(meshes: readonly Mesh[], matrix: Float32Array, x: number, y: number): Triple | null {
  let nearest = Infinity;
  let place: Triple | null = null;
  for (const { positions, triangles } of meshes) {
    const screen = projected(positions, matrix);
    for (let at = 0; at < triangles.length; at += 3) {
      const [a, b, c] = [triangles[at]! * 3, triangles[at + 1]! * 3, triangles[at + 2]! * 3];
      const weights = within(screen, a, b, c, x, y);
      if (!weights) continue;
      const [wa, wb, wc] = weights;
      const depth = wa * screen[a + 2]! + wb * screen[b + 2]! + wc * screen[c + 2]!;
      if (depth >= nearest) continue;
      nearest = depth;
      const mix = (d: number) => wa * positions[a + d]! + wb * positions[b + d]! + wc * positions[c + d]!;
      place = [mix(0), mix(1), mix(2)];
    }
  }
  return place;
}

function projected(positions: Float32Array, m: Float32Array): Float32Array {
  const screen = new Float32Array(positions.length);
  for (let at = 0; at < positions.length; at += 3) {
    const [x, y, z] = [positions[at]!, positions[at + 1]!, positions[at + 2]!];
    for (let d = 0; d < 3; d++) screen[at + d] = m[d]! * x + m[4 + d]! * y + m[8 + d]! * z + m[12 + d]!;
  }
  return screen;
}

/** The weights of a triangle's corners at a point, or null outside of it. */
function within(p: Float32Array, a: number, b: number, c: number, x: number, y: number): Triple | null {
  const area = (p[b]! - p[a]!) * (p[c + 1]! - p[a + 1]!) - (p[c]! - p[a]!) * (p[b + 1]! - p[a + 1]!);
  if (area === 0) return null;
  const wa = ((p[b]! - x) * (p[c + 1]! - y) - (p[c]! - x) * (p[b + 1]! - y)) / area;
  const wb = ((p[c]! - x) * (p[a + 1]! - y) - (p[a]! - x) * (p[c + 1]! - y)) / area;
  const wc = 1 - wa - wb;
  return wa < 0 || wb < 0 || wc < 0 ? null : [wa, wb, wc];
}
