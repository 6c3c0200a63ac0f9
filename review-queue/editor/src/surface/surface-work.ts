// Keeps the worker's copy of the labels like the page's, and asks it for surfaces.

import type { Box } from "../core/box.ts";
import type { Grid } from "../core/grid.ts";
import type { LabelArray } from "../core/labels.ts";
import type { Delta } from "../core/runs.ts";
import type { Mesh } from "../core/surface-net.ts";
import type { Answer, Request } from "./messages.ts";

/** Copied at once: a part of the labels that takes about a millisecond. */
const PIECE = 1 << 22;

/** The worker, or what stands for it in a test. */
export interface Port {
  postMessage(request: Request, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
}

export class SurfaceWork {
  private readonly port: Port;
  private readonly grid: Grid;
  private readonly labels: LabelArray;
  private readonly piece: number;
  private readonly stale = new Set<number>();
  private readonly waiting = new Map<number, ((mesh: Mesh | null) => void)[]>();

  /**
   * @param labels are read, as they are when they are sent
   * @param piece how many are sent at once
   */
  constructor(port: Port, grid: Grid, labels: LabelArray, piece = PIECE) {
    this.port = port;
    this.piece = piece;
    this.grid = grid;
    this.labels = labels;
    const [columns, rows, slices] = grid.sizes;
    const [column, row, slice] = grid.directions;
    const [c, r, s] = grid.spacings;
    const description = { columns, rows, slices, position: grid.position, axes: { column, row, slice }, spacing: { column: c, row: r, slice: s } };
    port.onmessage = ({ data }) => this.waiting.get(data.label)?.shift()?.(data.mesh);
    this.post({ kind: "grid", grid: description, wide: labels instanceof Uint16Array });
    for (const at of this.pieces(0, grid.voxels)) this.stale.add(at);
  }

  /** The worker's copy is out of date where this changed something. */
  changed({ starts, lengths }: Delta): void {
    starts.forEach((start, run) => {
      for (const at of this.pieces(start, start + lengths[run]!)) this.stale.add(at);
    });
  }

  /** Where the pieces begin that have something of a range. */
  private pieces(start: number, end: number): number[] {
    const first = start - (start % this.piece);
    return Array.from({ length: Math.ceil((end - first) / this.piece) }, (_, number) => first + number * this.piece);
  }

  /**
   * The surface of a label as it is now, or null if it has none.
   *
   * @param within where it lies
   * @param pause gives way to the page between two pieces
   */
  async surface(label: number, within: Box, pause: () => Promise<void>): Promise<Mesh | null> {
    const first = within.least[2] * this.grid.strides[2];
    const end = (within.largest[2] + 1) * this.grid.strides[2];
    for (const from of this.pieces(first, end)) {
      if (!this.stale.delete(from)) continue;
      const labels = this.labels.slice(from, from + this.piece);
      this.post({ kind: "labels", from, labels }, [labels.buffer as ArrayBuffer]);
      await pause();
    }
    return new Promise((resolve) => {
      const before = this.waiting.get(label) ?? [];
      this.waiting.set(label, [...before, resolve]);
      this.post({ kind: "surface", label, within });
    });
  }

  private post(request: Request, transfer: Transferable[] = []): void {
    this.port.postMessage(request, transfer);
  }
}
