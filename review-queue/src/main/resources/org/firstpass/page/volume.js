// Voxels on their grid, and the three planes through them. No drawing here.
//
// Index order of every array: slice, row, column, column fastest. Axis 0 is the column index, 1 the row index,
// 2 the slice index. Patient space is LPS in mm: x grows to the left, y to the back, z to the head.

const LETTERS = [["R", "L"], ["A", "P"], ["I", "S"]];
const OBLIQUE = 0.35;

/** Screen directions of each plane: `right` and `down` as patient axis and sign; `up` is where ArrowUp goes. */
const CONVENTIONS = [
  { name: "Sagittal", normal: 0, right: [1, 1], down: [2, -1], up: 1 },
  { name: "Coronal", normal: 1, right: [0, 1], down: [2, -1], up: -1 },
  { name: "Axial", normal: 2, right: [0, 1], down: [1, 1], up: 1 },
];

export class Grid {
  /** From the API's geometry. */
  constructor(geometry) {
    const { columns, rows, slices, position, axes, spacing } = geometry;
    this.sizes = [columns, rows, slices];
    this.strides = [1, columns, columns * rows];
    this.spacings = [spacing.column, spacing.row, spacing.slice];
    this.directions = [axes.column, axes.row, axes.slice].map(triple);
    this.position = triple(position);
    this.voxels = columns * rows * slices;
    const finite = [...this.spacings, ...this.position, ...this.directions.flat()].every(Number.isFinite);
    if (!finite || this.spacings.some((mm) => mm <= 0) || !(this.voxels > 0)) {
      throw new Error("The server's geometry is not a grid; the case cannot be shown safely.");
    }
  }

  /** The patient position of an index [column, row, slice], which need not be whole. */
  toPatient(index) {
    return [0, 1, 2].map((d) => this.position[d] + [0, 1, 2].reduce((sum, axis) => sum + index[axis] * this.spacings[axis] * this.directions[axis][d], 0));
  }

  at(column, row, slice) {
    return column + row * this.strides[1] + slice * this.strides[2];
  }

  /** For each index axis the patient axis that it runs along most, no two the same. */
  patientAxes() {
    const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    const fit = (order) => order.reduce((sum, d, axis) => sum + Math.abs(this.directions[axis][d]), 0);
    return orders.reduce((best, order) => (fit(order) > fit(best) + 1e-9 ? order : best));
  }

  /** The plane in which the slices were sent first, then the other two. */
  planes() {
    const along = this.patientAxes();
    return [2, 1, 0].map((fixed) => new Plane(this, fixed, along));
  }
}

/** The slices of a grid with one index fixed, and how they lie on the screen. */
export class Plane {
  constructor(grid, fixed, along) {
    const convention = CONVENTIONS.find((one) => one.normal === along[fixed]);
    this.grid = grid;
    this.name = convention.name;
    this.fixed = fixed;
    this.across = side(grid, along, convention.right);
    this.down = side(grid, along, convention.down);
    this.count = grid.sizes[fixed];
    this.width = grid.sizes[this.across.axis];
    this.height = grid.sizes[this.down.axis];
    this.widthMm = this.width * grid.spacings[this.across.axis];
    this.heightMm = this.height * grid.spacings[this.down.axis];
    this.upStep = grid.directions[fixed][convention.normal] * convention.up >= 0 ? 1 : -1;
  }

  /** Letters at the edges of the screen. */
  letters() {
    const across = this.grid.directions[this.across.axis];
    const down = this.grid.directions[this.down.axis];
    const right = this.across.flip ? negative(across) : across;
    const below = this.down.flip ? negative(down) : down;
    return { right: letters(right), left: letters(negative(right)), bottom: letters(below), top: letters(negative(below)) };
  }

  /** Where on the plane (in voxels from its upper left corner) the centre of an index lies. */
  fromIndex(index) {
    const u = index[this.across.axis];
    const v = index[this.down.axis];
    return [(this.across.flip ? this.width - 1 - u : u) + 0.5, (this.down.flip ? this.height - 1 - v : v) + 0.5];
  }

  /** The index [column, row, slice] of the voxel at a place of this plane, or null outside of it. */
  toIndex(x, y, fixedIndex) {
    const u = Math.floor(x);
    const v = Math.floor(y);
    if (u < 0 || v < 0 || u >= this.width || v >= this.height) return null;
    const index = [0, 0, 0];
    index[this.fixed] = fixedIndex;
    index[this.across.axis] = this.across.flip ? this.width - 1 - u : u;
    index[this.down.axis] = this.down.flip ? this.height - 1 - v : v;
    return index;
  }

  /** Calls `put(target, source)` for each pixel of one slice, in screen order. */
  extract(fixedIndex, put) {
    const { strides } = this.grid;
    const stepU = strides[this.across.axis] * (this.across.flip ? -1 : 1);
    const stepV = strides[this.down.axis] * (this.down.flip ? -1 : 1);
    let start = fixedIndex * strides[this.fixed];
    if (this.across.flip) start += (this.width - 1) * strides[this.across.axis];
    if (this.down.flip) start += (this.height - 1) * strides[this.down.axis];
    let target = 0;
    for (let v = 0; v < this.height; v++) {
      let source = start + v * stepV;
      for (let u = 0; u < this.width; u++) {
        put(target++, source);
        source += stepU;
      }
    }
  }
}

function side(grid, along, [patientAxis, sign]) {
  const axis = along.indexOf(patientAxis);
  return { axis, flip: grid.directions[axis][patientAxis] * sign < 0 };
}

/** The anatomical letters of a direction, the strongest first, weak ones left out. */
export function letters(direction) {
  return direction
    .map((value, axis) => ({ size: Math.abs(value), letter: LETTERS[axis][value > 0 ? 1 : 0] }))
    .filter((one) => one.size > OBLIQUE)
    .sort((a, b) => b.size - a.size)
    .map((one) => one.letter)
    .join("");
}

/** Per label, how many voxels each slice has: where to look first. */
export function countBySlice(grid, labels) {
  const perSlice = grid.strides[2];
  const counts = new Map();
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at];
    if (label === 0) continue;
    let slices = counts.get(label);
    if (!slices) counts.set(label, (slices = new Uint32Array(grid.sizes[2])));
    slices[(at / perSlice) | 0]++;
  }
  return counts;
}

/** The voxel in the middle of a label's largest slice; of equal ones, the slice nearest to the label's middle. */
export function middleOf(grid, labels, label, slices) {
  const all = slices.reduce((sum, voxels) => sum + voxels, 0);
  const middle = slices.reduce((sum, voxels, at) => sum + voxels * at, 0) / all;
  let slice = 0;
  for (let at = 1; at < slices.length; at++) {
    const nearer = Math.abs(at - middle) < Math.abs(slice - middle);
    if (slices[at] > slices[slice] || (slices[at] === slices[slice] && nearer)) slice = at;
  }
  let seen = 0;
  const start = slice * grid.strides[2];
  for (let at = start; at < start + grid.strides[2]; at++) {
    if (labels[at] === label && ++seen * 2 >= slices[slice]) {
      const inSlice = at - start;
      return [inSlice % grid.sizes[0], Math.floor(inSlice / grid.sizes[0]), slice];
    }
  }
  return null;
}

function triple(vector) {
  return Array.isArray(vector) ? vector.map(Number) : [vector.x, vector.y, vector.z].map(Number);
}

const negative = (direction) => direction.map((value) => -value);
