// The surface of a segment as triangles: surface nets, relaxed within their cells.

import { type Box, boxOfLabel } from "./box.ts";
import type { Grid, Triple } from "./grid.ts";
import type { LabelArray } from "./labels.ts";

/** A closed surface in patient space; triangles turn counter-clockwise when seen from outside. */
export interface Mesh {
  /** x, y, z in mm, vertex by vertex. */
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** Three vertices each. */
  readonly triangles: Uint32Array;
}

/** Larger ones are sampled more coarsely, so that a surface is there within a second or two. */
const MOST_SAMPLES = 24_000_000;

const ROUNDS = 5;
/** Taubin's pair: what the first step shrinks the second gives back. */
const SHRINK = 0.5;
const SWELL = -0.53;

/** The surface of a label, or null if it has no voxel. */
export function surfaceOf(grid: Grid, labels: LabelArray, label: number, within?: Box): Mesh | null {
  const box = boxOfLabel(grid, labels, label, within);
  if (!box) return null;
  const samples = Samples.of(grid, labels, label, box, stepFor(grid, box));
  const net = new Net(samples);
  for (let round = 0; round < ROUNDS; round++) {
    net.relax(SHRINK);
    net.relax(SWELL);
  }
  return net.mesh(grid);
}

/** How many voxels make one sample along each axis: the finest axes are the first to be thinned. */
export function stepFor(grid: Grid, box: Box, most = MOST_SAMPLES): Triple {
  const step: [number, number, number] = [1, 1, 1];
  const count = (axis: 0 | 1 | 2) => Math.ceil((box.largest[axis] - box.least[axis] + 1) / step[axis]) + 2;
  while (count(0) * count(1) * count(2) > most) {
    const mm = (axis: 0 | 1 | 2) => (count(axis) > 3 ? step[axis] * grid.spacings[axis] : Infinity);
    const finest = ([0, 1, 2] as const).reduce((best, axis) => (mm(axis) < mm(best) ? axis : best));
    step[finest] *= 2;
  }
  return step;
}

/** One byte per sample, 1 inside, with a border of 0 on all sides. */
class Samples {
  readonly sizes: Triple;
  readonly values: Uint8Array;
  private readonly least: Triple;
  private readonly step: Triple;

  private constructor(box: Box, step: Triple) {
    const size = (axis: 0 | 1 | 2) => Math.ceil((box.largest[axis] - box.least[axis] + 1) / step[axis]) + 2;
    this.sizes = [size(0), size(1), size(2)];
    this.values = new Uint8Array(this.sizes[0] * this.sizes[1] * this.sizes[2]);
    this.least = box.least;
    this.step = step;
  }

  static of(grid: Grid, labels: LabelArray, label: number, box: Box, step: Triple): Samples {
    const samples = new Samples(box, step);
    const { values, sizes } = samples;
    const middle = (axis: 0 | 1 | 2, at: number) => Math.min(box.largest[axis], box.least[axis] + (at - 1) * step[axis] + (step[axis] >> 1));
    for (let z = 1; z < sizes[2] - 1; z++) {
      for (let y = 1; y < sizes[1] - 1; y++) {
        const row = grid.offset(0, middle(1, y), middle(2, z));
        const target = (z * sizes[1] + y) * sizes[0];
        for (let x = 1; x < sizes[0] - 1; x++) if (labels[row + middle(0, x)] === label) values[target + x] = 1;
      }
    }
    return samples;
  }

  /** The voxel index, between voxels, of a place among the samples. */
  index(at: number, axis: 0 | 1 | 2): number {
    return this.least[axis] + (at - 1) * this.step[axis] + (this.step[axis] >> 1);
  }
}

/** Where the vertex of a cell begins: the mean of the middles of its edges that are crossed; by the cell's eight corners. */
const FIRST_PLACES = Array.from({ length: 256 }, (_, corners) => {
  const sum = [0, 0, 0];
  let crossed = 0;
  for (let corner = 0; corner < 8; corner++) {
    for (const axis of [0, 1, 2] as const) {
      const other = corner | (1 << axis);
      if (other === corner || ((corners >> corner) & 1) === ((corners >> other) & 1)) continue;
      crossed++;
      for (const d of [0, 1, 2] as const) sum[d]! += d === axis ? 0.5 : (corner >> d) & 1;
    }
  }
  return sum.map((value) => value / Math.max(1, crossed));
});

/** A vertex in each cell of eight samples that are not all alike, and four-sided faces between them. */
class Net {
  private readonly samples: Samples;
  private readonly places = new Growing(Float32Array);
  private readonly cells = new Growing(Int32Array);
  private readonly faces = new Growing(Uint32Array);

  constructor(samples: Samples) {
    this.samples = samples;
    const [columns, rows, slices] = samples.sizes;
    let below = new Int32Array(columns * rows);
    let here = new Int32Array(columns * rows);
    for (let z = 0; z < slices - 1; z++) {
      for (let y = 0; y < rows - 1; y++) for (let x = 0; x < columns - 1; x++) this.cell(x, y, z, here, below);
      [below, here] = [here, below];
    }
  }

  private cell(x: number, y: number, z: number, here: Int32Array, below: Int32Array): void {
    const { values, sizes } = this.samples;
    const [columns, rows] = sizes;
    const up = columns * rows;
    const at = x + y * columns + z * up;
    const corners =
      values[at]! | (values[at + 1]! << 1) | (values[at + columns]! << 2) | (values[at + columns + 1]! << 3) |
      (values[at + up]! << 4) | (values[at + up + 1]! << 5) | (values[at + up + columns]! << 6) | (values[at + up + columns + 1]! << 7);
    if (corners === 0 || corners === 255) return;
    const [dx, dy, dz] = FIRST_PLACES[corners]!;
    const flat = x + y * columns;
    const vertex = this.cells.length / 3;
    here[flat] = vertex;
    this.cells.add(x, y, z);
    this.places.add(x + dx!, y + dy!, z + dz!);
    // The edges that leave the cell's first corner; the four cells around each have been seen by now.
    const inside = corners & 1;
    if (inside !== ((corners >> 1) & 1)) this.face(inside, below[flat - columns]!, below[flat]!, vertex, here[flat - columns]!);
    if (inside !== ((corners >> 2) & 1)) this.face(inside, below[flat - 1]!, here[flat - 1]!, vertex, below[flat]!);
    if (inside !== ((corners >> 4) & 1)) this.face(inside, here[flat - columns - 1]!, here[flat - columns]!, vertex, here[flat - 1]!);
  }

  private face(inside: number, a: number, b: number, c: number, d: number): void {
    if (inside === 1) this.faces.add(a, b, c, d);
    else this.faces.add(a, d, c, b);
  }

  /** Moves each vertex by a part of the way to the middle of its neighbours, but not out of its cell. */
  relax(part: number): void {
    const places = this.places.values;
    const faces = this.faces.values;
    const count = this.places.length;
    const sums = new Float32Array(count);
    const neighbours = new Uint8Array(count / 3);
    for (let face = 0; face < this.faces.length; face += 4) {
      for (let side = 0; side < 4; side++) {
        const from = faces[face + side]!;
        const to = faces[face + ((side + 1) & 3)]! * 3;
        // The face on the other side of this edge has it the other way round.
        sums[from * 3]! += places[to]!;
        sums[from * 3 + 1]! += places[to + 1]!;
        sums[from * 3 + 2]! += places[to + 2]!;
        neighbours[from]!++;
      }
    }
    const cells = this.cells.values;
    for (let at = 0; at < count; at++) {
      const wished = places[at]! + part * (sums[at]! / neighbours[(at / 3) | 0]! - places[at]!);
      places[at] = Math.max(cells[at]!, Math.min(cells[at]! + 1, wished));
    }
  }

  mesh(grid: Grid): Mesh {
    const count = this.places.length;
    const positions = new Float32Array(count);
    for (let at = 0; at < count; at += 3) {
      const place = this.places.values;
      const index: Triple = [this.samples.index(place[at]!, 0), this.samples.index(place[at + 1]!, 1), this.samples.index(place[at + 2]!, 2)];
      positions.set(grid.toPatient(index), at);
    }
    const triangles = this.triangles(mirrored(grid));
    return { positions, normals: normalsOf(positions, triangles), triangles };
  }

  private triangles(turned: boolean): Uint32Array {
    const triangles = new Uint32Array((this.faces.length / 4) * 6);
    const faces = this.faces.values;
    for (let face = 0, at = 0; face < this.faces.length; face += 4, at += 6) {
      const [a, b, c, d] = turned ? [face, face + 3, face + 2, face + 1] : [face, face + 1, face + 2, face + 3];
      triangles.set([faces[a!]!, faces[b!]!, faces[c!]!, faces[a!]!, faces[c!]!, faces[d!]!], at);
    }
    return triangles;
  }
}

/** Whether the index axes are left-handed in patient space. */
function mirrored(grid: Grid): boolean {
  const [[a, b, c], [d, e, f], [g, h, i]] = grid.directions;
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0;
}

/** The mean of the triangles around each vertex, large ones counting more. */
function normalsOf(positions: Float32Array, triangles: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length);
  for (let at = 0; at < triangles.length; at += 3) {
    const corners = [triangles[at]! * 3, triangles[at + 1]! * 3, triangles[at + 2]! * 3] as const;
    const [a, b, c] = corners;
    const side = (to: number, d: number) => positions[to + d]! - positions[a + d]!;
    const cross = (d: number, e: number) => side(b, d) * side(c, e) - side(b, e) * side(c, d);
    const normal = [cross(1, 2), cross(2, 0), cross(0, 1)];
    for (const corner of corners) for (let d = 0; d < 3; d++) normals[corner + d]! += normal[d]!;
  }
  for (let at = 0; at < normals.length; at += 3) {
    const length = Math.hypot(normals[at]!, normals[at + 1]!, normals[at + 2]!) || 1;
    for (let d = 0; d < 3; d++) normals[at + d]! /= length;
  }
  return normals;
}

type Numbers = Float32Array | Int32Array | Uint32Array;

/** Numbers of which nobody knows yet how many they will be. */
class Growing<T extends Numbers> {
  private readonly make: new (length: number) => T;
  values: T;
  length = 0;

  constructor(make: new (length: number) => T) {
    this.make = make;
    this.values = new make(1 << 12);
  }

  add(...more: number[]): void {
    if (this.length + more.length > this.values.length) {
      const larger = new this.make(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    for (const value of more) this.values[this.length++] = value;
  }
}
