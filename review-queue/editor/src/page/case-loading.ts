// Image and labels on their way from the server.

import type { Grid } from "../core/grid.ts";
import type { LabelArray } from "../core/labels.ts";
import { text } from "../texts/texts.ts";
import { streamed, taskPath } from "./api.ts";
import { LabelReading } from "./label-reading.ts";

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** The part of an image that has to come before it is drawn again. */
const SHARE = 0.04;

export interface Arrivals {
  readonly onlabels: (labels: LabelArray) => void;
  /** @param share of the image that is there, 1 for all */
  readonly onimage: (voxels: Int16Array, share: number) => void;
}

export interface Wanted {
  /** A path below the task's: nothing for its own image. */
  readonly image: string;
  readonly labels: string | null;
  /** The least value of the image. */
  readonly darkest: number;
  readonly highestLabel: number;
}

const NOBODY: Arrivals = { onlabels: () => {}, onimage: () => {} };

/** It may begin before anybody follows it. */
export class CaseLoading {
  readonly voxels: Int16Array<ArrayBuffer>;
  private readonly id: string;
  private readonly grid: Grid;
  private readonly wanted: Wanted;
  private readonly signal: AbortSignal;
  private arrivals: Arrivals;
  private labels: LabelArray | null = null;
  private share = 0;
  private running: Promise<unknown> | null = null;

  constructor(id: string, grid: Grid, wanted: Wanted, signal: AbortSignal, arrivals: Arrivals = NOBODY) {
    this.id = id;
    this.grid = grid;
    this.wanted = wanted;
    this.signal = signal;
    this.arrivals = arrivals;
    this.voxels = new Int16Array(grid.voxels);
    // What has not come yet is black, not a grey that could be tissue.
    this.voxels.fill(wanted.darkest);
  }

  /** Whoever follows from now on is told at once what is there already. */
  follow(arrivals: Arrivals): void {
    this.arrivals = arrivals;
    if (this.labels) arrivals.onlabels(this.labels);
    if (this.share > 0) arrivals.onimage(this.voxels, this.share);
  }

  /** Loads everything, once, however often it is asked for. */
  async run(): Promise<void> {
    if (!LITTLE_ENDIAN) throw new Error(text("viewing.byte-order"));
    this.running ??= Promise.all([this.loadLabels(), this.loadImage()]);
    await this.running;
  }

  // Small when compressed, and needed to know where to look first.
  private async loadLabels(): Promise<void> {
    const { labels, highestLabel } = this.wanted;
    if (labels === null) return;
    const reading = new LabelReading(this.grid.voxels, highestLabel);
    await streamed(taskPath(this.id, labels), reading.bytes, this.signal, (piece, from) => reading.take(piece, from));
    this.labels = reading.labels;
    this.arrivals.onlabels(reading.labels);
  }

  private async loadImage(): Promise<void> {
    const bytes = new Uint8Array(this.voxels.buffer);
    await streamed(taskPath(this.id, this.wanted.image), bytes.length, this.signal, (piece, from) => {
      bytes.set(piece, from);
      const share = (from + piece.length) / bytes.length;
      if (share - this.share > SHARE && share < 1) {
        this.share = share;
        this.arrivals.onimage(this.voxels, share);
      }
    });
    this.share = 1;
    this.arrivals.onimage(this.voxels, 1);
  }
}
