// Where the model doubts: a heat map over the image while a key is held, and marks of the slices to look at.

import { api } from "./api.ts";
import { h, notice } from "./dom.ts";

const HEADER = 16;
const MAGIC = "FPUM";

/** The values of a map (slice, row, column), if its header says that it is of this grid. */
export function valuesOf(bytes, sizes) {
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  const word = String.fromCharCode(...bytes.subarray(0, 4));
  const found = [4, 8, 12].map((at) => header.getInt32(at, true));
  if (word !== MAGIC || found.some((size, axis) => size !== sizes[axis])) {
    throw new Error("The uncertainty map is not of this image: " + sizes.join(" x ") + " voxels were expected, " + found.join(" x ") + " came. It is not shown.");
  }
  return bytes.subarray(HEADER);
}

/**
 * The slices to look at, in order: the highest ones that are not beside a higher one, at least half as uncertain as the
 * highest.
 */
export function peaks(values, most = 8) {
  const highest = Math.max(0, ...values);
  const apart = Math.max(2, Math.round(values.length / 40));
  const chosen = [];
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => b.value - a.value || a.at - b.at);
  for (const { value, at } of order) {
    if (chosen.length === most || value <= 0 || value < highest / 2) break;
    if (chosen.every((other) => Math.abs(other - at) >= apart)) chosen.push(at);
  }
  return chosen.sort((a, b) => a - b);
}

/**
 * The colour of each value as a pixel: dark violet over orange to pale yellow, lighter and less transparent with every
 * step, so that it reads without seeing colours.
 */
export function heatTable() {
  const stops = [[0, 60, 20, 90], [110, 190, 55, 85], [190, 250, 140, 20], [255, 255, 250, 175]];
  return Uint32Array.from({ length: 256 }, (_, value) => {
    const upper = stops.findIndex(([at]) => at >= value) || 1;
    const [from, ...low] = stops[upper - 1];
    const [to, ...high] = stops[upper];
    const part = (value - from) / (to - from);
    const [red, green, blue] = low.map((channel, at) => Math.round(channel + (high[at] - channel) * part));
    if (value === 0) return 0;
    const alpha = Math.round(50 + (value / 255) * 160);
    return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

export class Uncertainty {
  constructor(task, display) {
    this.task = task;
    this.display = display;
    this.there = task.uncertaintyMap === true;
    display.hasHeat = this.there;
    this.peaks = peaks(task.sliceUncertainty ?? []);
    this.state = this.there ? "loading" : "none";
    this.text = h("span", { class: "heat-state" });
    this.legend = h(
      "div",
      { class: "heat-legend", id: "heat-legend", role: "status", hidden: true },
      h("strong", {}, "Where the model is unsure"),
      h("span", { class: "heat-scale" }, h("span", {}, "sure"), h("span", { class: "heat-ramp", "aria-hidden": "true" }), h("span", {}, "unsure")),
      this.text,
    );
  }

  /** Fetches the map once the image is there; the reader does not wait for it. */
  async load(grid, planes, signal) {
    this.planes = planes;
    planes.setMarks(this.peaks.map((slice) => ({ slice, share: this.task.sliceUncertainty[slice] })));
    if (!this.there) return;
    try {
      const bytes = new Uint8Array(HEADER + grid.voxels);
      await api.voxels(this.task.id, "uncertainty", bytes, signal, () => {});
      planes.setUncertainty(valuesOf(bytes, grid.sizes), heatTable());
      this.state = "there";
    } catch (failure) {
      if (failure.name === "AbortError") return;
      this.state = "failed";
      notice(failure.message, { error: true, title: "No uncertainty map" });
    }
    this.legend.dataset.map = this.state;
    this.say();
  }

  show(shown) {
    if (this.display.heat === shown) return;
    this.display.heat = shown;
    this.legend.hidden = !shown;
    this.say();
    this.planes?.redraw();
  }

  say() {
    const sentences = {
      loading: "The map is on its way.",
      none: "The package of this proposal makes no such map.",
      failed: "The map could not be shown.",
      there: "The brighter, the less sure. Outlines are the proposal.",
    };
    this.text.textContent = this.legend.hidden ? "" : sentences[this.state];
    this.legend.dataset.map = this.state;
  }

  /** To the next slice that is marked, towards the upper end of the slider for `up` above 0; round and round. */
  jump(up) {
    if (!this.planes || this.peaks.length === 0) {
      notice("This proposal says nothing of its slices.", { title: "No slice is marked", id: "no-marks", seconds: 4 });
      return;
    }
    const step = up * this.planes.sliceStep;
    const here = this.planes.scene.index[2];
    const ahead = this.peaks.filter((slice) => (slice - here) * step > 0);
    const all = ahead.length ? ahead : this.peaks;
    this.planes.moveToSlice(step > 0 ? Math.min(...all) : Math.max(...all));
  }
}
