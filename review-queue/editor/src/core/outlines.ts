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
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : slice[y * width + x]!);
  const scan = (outer: number, inner: number, pair: (fixed: number, along: number) => readonly [number, number], line: (path: P, fixed: number, from: number, to: number) => void) => {
    for (let fixed = 0; fixed <= outer; fixed++) {
      for (const side of [0, 1]) {
        let label = 0;
        let start = 0;
        for (let along = 0; along <= inner; along++) {
          const [a, b] = along < inner ? pair(fixed, along) : [0, 0];
          const here = a === b ? 0 : side === 0 ? a : b;
          if (here === label) continue;
          if (label !== 0) line(pathOf(label), fixed, start, along);
          label = here;
          start = along;
        }
      }
    }
  };
  scan(height, width, (y, x) => [at(x, y - 1), at(x, y)], (path, y, from, to) => (path.moveTo(from, y), path.lineTo(to, y)));
  scan(width, height, (x, y) => [at(x - 1, y), at(x, y)], (path, x, from, to) => (path.moveTo(x, from), path.lineTo(x, to)));
  return paths;
}
