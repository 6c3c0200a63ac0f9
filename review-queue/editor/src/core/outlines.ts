// The borders of labels on one slice.

/** What a border is drawn into. */
export interface Outline {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** Per label a path along its voxel edges, in voxels from the upper left corner; straight runs are one line. */
export function outlines<P extends Outline>(slice: ArrayLike<number>, width: number, height: number, newPath: () => P): Map<number, P> {
  const paths = new Map<number, P>();
  const pathOf = (label: number): P => {
    let path = paths.get(label);
    if (!path) paths.set(label, (path = newPath()));
    return path;
  };
  const bounds = boundsOf(slice, width, height);
  if (!bounds) return paths;
  const { left, right, top, bottom } = bounds;
  for (let y = top; y <= bottom + 1; y++) {
    const edge: Edge = { slice, before: y > 0 ? (y - 1) * width : -1, after: y < height ? y * width : -1, step: 1, from: left, to: right };
    scan(edge, (label, from, to) => line(pathOf(label), from, y, to, y));
  }
  for (let x = left; x <= right + 1; x++) {
    const edge: Edge = { slice, before: x > 0 ? x - 1 : -1, after: x < width ? x : -1, step: width, from: top, to: bottom };
    scan(edge, (label, from, to) => line(pathOf(label), x, from, x, to));
  }
  return paths;
}

function line(path: Outline, x0: number, y0: number, x1: number, y1: number): void {
  path.moveTo(x0, y0);
  path.lineTo(x1, y1);
}

/** The pixels on both sides of one grid line: where each side begins, or -1 outside of the slice, and how far neighbours are apart. */
interface Edge {
  readonly slice: ArrayLike<number>;
  readonly before: number;
  readonly after: number;
  readonly step: number;
  readonly from: number;
  readonly to: number;
}

/** Tells the straight runs along a grid line at which one side has a label that the other has not. */
function scan({ slice, before, after, step, from, to }: Edge, run: (label: number, from: number, to: number) => void): void {
  let [one, other] = [0, 0];
  let [oneFrom, otherFrom] = [0, 0];
  for (let along = from; along <= to + 1; along++) {
    const a = before < 0 || along > to ? 0 : slice[before + along * step]!;
    const b = after < 0 || along > to ? 0 : slice[after + along * step]!;
    const hereOne = a === b ? 0 : a;
    const hereOther = a === b ? 0 : b;
    if (hereOne !== one) {
      if (one !== 0) run(one, oneFrom, along);
      one = hereOne;
      oneFrom = along;
    }
    if (hereOther !== other) {
      if (other !== 0) run(other, otherFrom, along);
      other = hereOther;
      otherFrom = along;
    }
  }
}

/** The smallest rectangle of pixels with labels, or null if there are none: mostly much less than the slice. */
function boundsOf(slice: ArrayLike<number>, width: number, height: number): { left: number; right: number; top: number; bottom: number } | null {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let first = 0;
    while (first < width && slice[start + first] === 0) first++;
    if (first === width) continue;
    let last = width - 1;
    while (slice[start + last] === 0) last--;
    if (top < 0) top = y;
    bottom = y;
    if (first < left) left = first;
    if (last > right) right = last;
  }
  return top < 0 ? null : { left, right, top, bottom };
}
