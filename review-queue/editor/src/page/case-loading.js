// Image and labels on their way from the server.

import { api } from "./api.ts";

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

export class CaseLoading {
  constructor(id, grid, darkest, signal) {
    this.id = id;
    this.grid = grid;
    this.signal = signal;
    this.voxels = new Int16Array(grid.voxels);
    // What has not come yet is black, not a grey that could be tissue.
    this.voxels.fill(darkest);
    /** @type {(labels: import("../core/labels.ts").LabelArray) => void} */
    this.onlabels = () => {};
    /** @type {(voxels: Int16Array, share: number) => void} */
    this.onimage = () => {};
  }

  async run() {
    if (!LITTLE_ENDIAN) throw new Error("This browser's byte order is not supported.");
    await Promise.all([this.loadLabels(), this.loadImage()]);
  }

  // Small when compressed, and needed to know where to look first.
  async loadLabels() {
    const labels = new Uint16Array(this.grid.voxels);
    await api.voxels(this.id, "labels", new Uint8Array(labels.buffer), this.signal, () => {});
    this.onlabels(labels);
  }

  async loadImage() {
    const bytes = new Uint8Array(this.voxels.buffer);
    let shown = 0;
    await api.voxels(this.id, "image", bytes, this.signal, (arrived) => {
      const share = arrived / bytes.length;
      if (share - shown > 0.04 && share < 1) {
        shown = share;
        this.onimage(this.voxels, share);
      }
    });
    this.onimage(this.voxels, 1);
  }
}
