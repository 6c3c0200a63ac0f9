// The slices of a grid with one index fixed, and how they lie on the screen.

import type { Box } from "./box.ts";
import type { Axis, Grid, Triple } from "./grid.ts";

export type PlaneName = "Sagittal" | "Coronal" | "Axial";

/** A place on a plane in voxels from its upper left corner: [across, down]. */
export type Place = readonly [number, number];

interface Convention {
  readonly name: PlaneName;
  /** The patient axis that looks out of the screen. */
  readonly normal: Axis;
  /** Screen directions as patient axis and sign. */
  readonly right: readonly [Axis, number];
  readonly down: readonly [Axis, number];
  /** Where the key "up" goes along the normal. */
  readonly up: number;
}

const CONVENTIONS: readonly Convention[] = [
  { name: "Sagittal", normal: 0, right: [1, 1], down: [2, -1], up: 1 },
  { name: "Coronal", normal: 1, right: [0, 1], down: [2, -1], up: -1 },
  { name: "Axial", normal: 2, right: [0, 1], down: [1, 1], up: 1 },
];

const LETTERS = [
  ["R", "L"],
  ["A", "P"],
  ["F", "H"],
] as const;

/** Below this part of a unit vector a direction is not named. */
const OBLIQUE = 0.35;

interface Side {
  readonly axis: Axis;
  readonly flip: boolean;
}

type Values = Int16Array | Uint16Array | Uint8Array;

/** Pixels of a plane, from the first to the last, both inside. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class Plane {
  readonly grid: Grid;
  readonly name: PlaneName;
  readonly fixed: Axis;
  readonly across: Side;
  readonly down: Side;
  /** How many slices the plane has. */
  readonly count: number;
  /** In voxels. */
  readonly width: number;
  readonly height: number;
  /** Of one pixel, in mm. */
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** By how much "up" moves the fixed index. */
  readonly upStep: 1 | -1;

  constructor(grid: Grid, fixed: Axis) {
    const along = grid.patientAxes();
    const convention = CONVENTIONS.find((one) => one.normal === along[fixed]);
    if (!convention) throw new Error("a grid has three axes");
    this.grid = grid;
    this.name = convention.name;
    this.fixed = fixed;
    this.across = side(grid, along, convention.right);
    this.down = side(grid, along, convention.down);
    this.count = grid.sizes[fixed];
    this.width = grid.sizes[this.across.axis];
    this.height = grid.sizes[this.down.axis];
    this.pixelWidth = grid.spacings[this.across.axis];
    this.pixelHeight = grid.spacings[this.down.axis];
    this.upStep = grid.directions[fixed][convention.normal] * convention.up >= 0 ? 1 : -1;
  }

  /** The text that names it. */
  get title(): `plane.${PlaneName}` | "plane.frame" {
    return this.grid.flat ? "plane.frame" : `plane.${this.name}`;
  }

  get widthMm(): number {
    return this.width * this.pixelWidth;
  }

  get heightMm(): number {
    return this.height * this.pixelHeight;
  }

  /** The plane in which the slices were sent first, then the other two. */
  static threeOf(grid: Grid): readonly [Plane, Plane, Plane] {
    return [new Plane(grid, 2), new Plane(grid, 1), new Plane(grid, 0)];
  }

  /** Letters at the edges of the screen. */
  letters(): { readonly right: string; readonly left: string; readonly top: string; readonly bottom: string } {
    if (this.grid.flat) return { right: "", left: "", top: "", bottom: "" };
    const right = towards(this.grid.directions[this.across.axis], this.across.flip);
    const below = towards(this.grid.directions[this.down.axis], this.down.flip);
    return { right: letters(right), left: letters(negative(right)), bottom: letters(below), top: letters(negative(below)) };
  }

  /** Where on the plane the centre of an index lies. */
  placeOf(index: Triple): Place {
    const u = index[this.across.axis];
    const v = index[this.down.axis];
    return [(this.across.flip ? this.width - 1 - u : u) + 0.5, (this.down.flip ? this.height - 1 - v : v) + 0.5];
  }

  /** The index of the voxel at a place of one slice, or null outside of it. */
  indexAt(place: Place, slice: number): Triple | null {
    const u = Math.floor(place[0]);
    const v = Math.floor(place[1]);
    if (!(u >= 0 && v >= 0 && u < this.width && v < this.height)) return null;
    const index: [number, number, number] = [0, 0, 0];
    index[this.fixed] = slice;
    index[this.across.axis] = this.across.flip ? this.width - 1 - u : u;
    index[this.down.axis] = this.down.flip ? this.height - 1 - v : v;
    return index;
  }

  /** The index at a place, not rounded: whole where the place is in the middle of a pixel. */
  betweenAt(place: Place, slice: number): Triple {
    const u = place[0] - 0.5;
    const v = place[1] - 0.5;
    const index: [number, number, number] = [0, 0, 0];
    index[this.fixed] = slice;
    index[this.across.axis] = this.across.flip ? this.width - 1 - u : u;
    index[this.down.axis] = this.down.flip ? this.height - 1 - v : v;
    return index;
  }

  /** Calls `put(target, source)` for each pixel of one slice, in screen order. */
  extract(slice: number, put: (target: number, source: number) => void): void {
    const { first, stepAcross, stepDown, width, height } = this.layout(slice);
    let target = 0;
    for (let v = 0; v < height; v++) {
      let source = first + v * stepDown;
      for (let u = 0; u < width; u++) {
        put(target++, source);
        source += stepAcross;
      }
    }
  }

  /** The values of one slice, or of a part of it, in screen order: as {@link extract}, for what is done at every stroke. */
  gather(slice: number, values: Values, target: Values, part = this.whole): void {
    const { first, stepAcross, stepDown, width } = this.layout(slice);
    for (let v = part.top; v <= part.bottom; v++) {
      let source = first + v * stepDown + part.left * stepAcross;
      let at = v * width + part.left;
      const end = v * width + part.right + 1;
      if (stepAcross === 1) target.set(values.subarray(source, source + end - at), at);
      else for (; at < end; at++, source += stepAcross) target[at] = values[source]!;
    }
  }

  get whole(): Rectangle {
    return { left: 0, top: 0, right: this.width - 1, bottom: this.height - 1 };
  }

  /** Where a box of voxels lies on one slice, or null if it is not there. */
  rectangleOf({ least, largest }: Box, slice: number): Rectangle | null {
    if (slice < least[this.fixed] || slice > largest[this.fixed]) return null;
    const { across, down } = this;
    const [left, right] = across.flip ? [this.width - 1 - largest[across.axis], this.width - 1 - least[across.axis]] : [least[across.axis], largest[across.axis]];
    const [top, bottom] = down.flip ? [this.height - 1 - largest[down.axis], this.height - 1 - least[down.axis]] : [least[down.axis], largest[down.axis]];
    return { left, top, right, bottom };
  }

  /** Where the pixels of one slice lie in the arrays of the grid. */
  layout(slice: number): SliceLayout {
    const { strides } = this.grid;
    const { across, down } = this;
    const stepAcross = strides[across.axis] * (across.flip ? -1 : 1);
    const stepDown = strides[down.axis] * (down.flip ? -1 : 1);
    const first =
      slice * strides[this.fixed] +
      (across.flip ? (this.width - 1) * strides[across.axis] : 0) +
      (down.flip ? (this.height - 1) * strides[down.axis] : 0);
    return { first, stepAcross, stepDown, width: this.width, height: this.height };
  }
}

/** Pixel (u, v) of the screen is at `first + u * stepAcross + v * stepDown`. */
export interface SliceLayout {
  readonly first: number;
  readonly stepAcross: number;
  readonly stepDown: number;
  readonly width: number;
  readonly height: number;
}

/** The anatomical letters of a direction, the strongest first, weak ones left out. */
export function letters(direction: Triple): string {
  return direction
    .map((value, axis) => ({ size: Math.abs(value), letter: LETTERS[axis as Axis][value > 0 ? 1 : 0] }))
    .filter((one) => one.size > OBLIQUE)
    .sort((a, b) => b.size - a.size)
    .map((one) => one.letter)
    .join("");
}

function side(grid: Grid, along: readonly Axis[], [patientAxis, sign]: readonly [Axis, number]): Side {
  const axis = along.indexOf(patientAxis) as Axis;
  return { axis, flip: grid.directions[axis][patientAxis] * sign < 0 };
}

const negative = (direction: Triple): Triple => [-direction[0], -direction[1], -direction[2]];
const towards = (direction: Triple, flip: boolean): Triple => (flip ? negative(direction) : direction);
