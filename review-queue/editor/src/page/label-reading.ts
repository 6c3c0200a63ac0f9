// Labels as they come from the server, 16 bits each, kept in 8 where the highest label fits.

import type { LabelArray } from "../core/labels.ts";
import { text } from "../texts/texts.ts";

/** Takes the bytes of a label map piece by piece, in order; the pieces may end within a label. */
export class LabelReading {
  readonly labels: LabelArray;
  /** How many bytes are expected. */
  readonly bytes: number;
  private readonly whole: Uint8Array | null;

  constructor(voxels: number, highest: number) {
    this.bytes = 2 * voxels;
    if (highest < 256) {
      this.labels = new Uint8Array(voxels);
      this.whole = null;
    } else {
      const wide = new Uint16Array(voxels);
      this.labels = wide;
      this.whole = new Uint8Array(wide.buffer);
    }
  }

  /** @throws Error on a label that is higher than any of the schema: shown with 8 bits it would be another one */
  take(piece: Uint8Array, from: number): void {
    if (this.whole) {
      this.whole.set(piece, from);
      return;
    }
    const { labels } = this;
    // Little endian: the low byte comes first.
    let at = from & 1;
    if (at === 1 && piece.length > 0 && piece[0] !== 0) throw tooHigh();
    for (let voxel = (from + at) >> 1; at < piece.length; at += 2, voxel++) {
      labels[voxel] = piece[at]!;
      if (at + 1 < piece.length && piece[at + 1] !== 0) throw tooHigh();
    }
  }
}

const tooHigh = (): Error => new Error(text("viewing.label-too-high"));
