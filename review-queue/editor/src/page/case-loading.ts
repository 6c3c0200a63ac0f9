// Image and labels on their way from the server.

import { LabelCounts } from "../core/counts.ts";
import type { Grid } from "../core/grid.ts";
import { LabelRuns } from "../core/label-runs.ts";
import type { LabelArray } from "../core/labels.ts";
import { labelBytes } from "../core/runs.ts";
import { SliceOrder } from "../core/slice-order.ts";
import { text } from "../texts/texts.ts";
import { send, streamed, taskPath } from "./api.ts";
import { EVERYTHING, type Span } from "./grey.ts";

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** Milliseconds after which what has come is drawn again. */
const DRAWN_AFTER = 250;

export interface Arrivals {
  /** @param labels each slice of them is laid out when it has come, and all are once the image is there */
  readonly onlabels: (labels: LabelArray, counts: LabelCounts) => void;
  /**
   * @param share of the image that has come, 1 for all
   * @param there the voxels that have
   */
  readonly onimage: (voxels: Int16Array, share: number, there: Span) => void;
}

/** The slice to begin with, of what is known of the labels; null for the middle one. */
export type First = (runs: LabelRuns) => number | null;

export interface Wanted {
  /** A path below the task's: nothing for its own image. */
  readonly image: string;
  /** Whether it is loaded before somebody opened it. */
  readonly ahead?: boolean;
  /** The runs of the labels, which may be on their way already. */
  readonly labels: (() => Promise<Uint8Array>) | null;
  readonly highestLabel: number;
}

/** The image is on its way. */
interface Asked {
  readonly runs: LabelRuns | null;
  readonly first: number;
  readonly image: Promise<Response>;
}

const NOBODY: Arrivals = { onlabels: () => {}, onimage: () => {} };

/** The runs of labels; failures are those of whoever waits for them. */
export function labelRuns(id: string, path: string, signal: AbortSignal): () => Promise<Uint8Array> {
  const runs = send("GET", taskPath(id, path), { signal }).then(async (response) => new Uint8Array(await response.arrayBuffer()));
  runs.catch(() => {});
  return () => runs;
}

/** What image and labels take in memory. */
export const bytesOf = ({ voxels }: Grid, highestLabel: number): number => voxels * (Int16Array.BYTES_PER_ELEMENT + labelBytes(highestLabel));

/** It may begin before anybody follows it. */
export class CaseLoading {
  readonly voxels: Int16Array<ArrayBuffer>;
  private readonly id: string;
  private readonly grid: Grid;
  private readonly wanted: Wanted;
  private readonly signal: AbortSignal;
  private arrivals: Arrivals;
  private labels: { readonly all: LabelArray; readonly counts: LabelCounts } | null = null;
  private share = 0;
  private there: Span = EVERYTHING;
  private asked: Promise<Asked> | null = null;
  private running: Promise<unknown> | null = null;

  constructor(id: string, grid: Grid, wanted: Wanted, signal: AbortSignal, arrivals: Arrivals = NOBODY) {
    this.id = id;
    this.grid = grid;
    this.wanted = wanted;
    this.signal = signal;
    this.arrivals = arrivals;
    this.voxels = new Int16Array(grid.voxels);
  }

  /** What it takes in memory. */
  get bytes(): number {
    return bytesOf(this.grid, this.wanted.highestLabel);
  }

  /** Whoever follows from now on is told at once what is there already. */
  follow(arrivals: Arrivals): void {
    this.arrivals = arrivals;
    if (this.labels) arrivals.onlabels(this.labels.all, this.labels.counts);
    if (this.share > 0) arrivals.onimage(this.voxels, this.share, this.there);
  }

  /** Asks for the image as soon as it is known where to begin; once, however often it is called. */
  async ask(first: First = () => null): Promise<void> {
    this.asked ??= this.begin(first);
    await this.asked;
  }

  /** Loads everything, once, however often it is asked for. */
  async run(): Promise<void> {
    if (!LITTLE_ENDIAN) throw new Error(text("viewing.byte-order"));
    this.running ??= this.load();
    await this.running;
  }

  private async load(): Promise<void> {
    this.asked ??= this.begin(() => null);
    const { runs, first, image } = await this.asked;
    if (runs) {
      const all = runs.empty();
      runs.lay(first, all);
      this.labels = { all, counts: LabelCounts.ofRuns(this.grid, runs) };
      this.arrivals.onlabels(all, this.labels.counts);
    }
    await this.take(await image, first, (slice) => this.labels && runs?.lay(slice, this.labels.all));
  }

  private async begin(first: First): Promise<Asked> {
    const { labels, highestLabel } = this.wanted;
    // Few bytes, and needed to know where to look first.
    const runs = labels && new LabelRuns(this.grid, await labels(), highestLabel);
    const slice = (runs && first(runs)) ?? this.grid.sizes[2] >> 1;
    const image = send("GET", taskPath(this.id, this.imagePath(slice)), { signal: this.signal });
    // Whoever waits for the image is told.
    image.catch(() => {});
    return { runs, first: slice, image };
  }

  private async take(image: Response, first: number, arrived: (slice: number) => void): Promise<void> {
    const [columns, rows, slices] = this.grid.sizes;
    const bytes = new Uint8Array(this.voxels.buffer);
    const order = new SliceOrder(first, slices, columns * rows * Int16Array.BYTES_PER_ELEMENT);
    let drawn = -Infinity;
    let known = 0;
    await streamed("image", image, bytes.length, (piece, from) => {
      order.put(piece, from, bytes);
      const came = from + piece.length;
      const there = order.came(came);
      for (; known < there.length; known++) arrived(there[known]!);
      if (came === bytes.length || performance.now() - drawn < DRAWN_AFTER) return;
      const whole = order.whole(came);
      if (!whole) return;
      drawn = performance.now();
      this.tell(came / bytes.length, { from: this.grid.offset(0, 0, whole.first), to: this.grid.offset(0, 0, whole.last + 1) });
    });
    this.tell(1, EVERYTHING);
  }

  private tell(share: number, there: Span): void {
    this.share = share;
    this.there = there;
    this.arrivals.onimage(this.voxels, share, there);
  }

  private imagePath(first: number): string {
    return this.wanted.image + "?first=" + first + (this.wanted.ahead ? "&ahead=true" : "");
  }
}
