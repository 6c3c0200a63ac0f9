// Where the model doubts: a heat map over the image while a key is held, and marks of the slices to look at.

import type { Grid, Triple } from "../core/grid.ts";
import { peaks } from "../core/suspects/doubt.ts";
import type { Plane } from "../core/plane.ts";
import { text } from "../texts/texts.ts";
import { isAbort, send, streamed, taskPath } from "./api.ts";
import { h, messageOf, notice } from "./dom.ts";
import type { OverlayStyle } from "./overlay-style.ts";
import type { Planes } from "./planes.ts";
import type { Veil } from "./scene.ts";
import type { Task } from "./server.ts";

const HEADER = 16;
const MAGIC = "FPUM";

/** The values of a map (slice, row, column), if its header says that it is of this grid. */
export function valuesOf(bytes: Uint8Array, sizes: Triple): Uint8Array {
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  const word = String.fromCharCode(...bytes.subarray(0, 4));
  const found = [4, 8, 12].map((at) => header.getInt32(at, true));
  if (word !== MAGIC || found.some((size, axis) => size !== sizes[axis as 0 | 1 | 2])) {
    throw new Error(text("heat.wrong-grid", { expected: sizes.join(" x "), found: found.join(" x ") }));
  }
  return bytes.subarray(HEADER);
}

const STOPS = [
  [0, 60, 20, 90],
  [110, 190, 55, 85],
  [190, 250, 140, 20],
  [255, 255, 250, 175],
] as const;

/**
 * The colour of each value as a pixel: dark violet over orange to pale yellow, lighter and less transparent with every
 * step, so that it reads without seeing colours.
 */
export function heatTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, value) => {
    if (value === 0) return 0;
    const upper = STOPS.findIndex(([at]) => at >= value);
    const [from, to] = [STOPS[upper - 1]!, STOPS[upper]!];
    const part = (value - from[0]) / (to[0] - from[0]);
    const channel = (at: 1 | 2 | 3) => Math.round(from[at] + (to[at] - from[at]) * part);
    const alpha = Math.round(50 + (value / 255) * 160);
    return ((alpha << 24) | (channel(3) << 16) | (channel(2) << 8) | channel(1)) >>> 0;
  });
}

/** One byte per voxel over the image, while it is shown. */
class HeatVeil implements Veil {
  readonly crisp = true;
  readonly replacesFill = true;
  readonly values: Uint8Array;
  private readonly display: OverlayStyle;
  private readonly colours = heatTable();

  constructor(values: Uint8Array, display: OverlayStyle) {
    this.values = values;
    this.display = display;
  }

  get shown(): boolean {
    return this.display.heat;
  }

  // What lies between two values was not said by the model.
  paint(plane: Plane, slice: number, pixels: Uint32Array): void {
    const { values, colours } = this;
    plane.extract(slice, (target, source) => (pixels[target] = colours[values[source]!]!));
  }
}

type MapState = "loading" | "none" | "failed" | "there";

export class Uncertainty {
  readonly legend: HTMLElement;
  readonly peaks: readonly number[];
  /** The map is there. */
  onmap: (values: Uint8Array) => void = () => {};
  private readonly task: Task;
  private readonly display: OverlayStyle;
  private readonly sentence = h("span", { class: "heat-state" });
  private state: MapState;
  private planes: Planes | null = null;

  constructor(task: Task, display: OverlayStyle) {
    this.task = task;
    this.display = display;
    display.hasHeat = task.uncertaintyMap;
    this.peaks = peaks(task.sliceUncertainty ?? []);
    this.state = task.uncertaintyMap ? "loading" : "none";
    const ramp = h("span", { class: "heat-ramp", "aria-hidden": "true" });
    this.legend = h(
      "div",
      { class: "heat-legend", id: "heat-legend", role: "status", hidden: true },
      h("strong", {}, text("heat.title")),
      h("span", { class: "heat-scale" }, h("span", {}, text("heat.sure")), ramp, h("span", {}, text("heat.unsure"))),
      this.sentence,
    );
  }

  /** Fetches the map once the image is there; the reader does not wait for it. */
  async load(grid: Grid, planes: Planes, signal: AbortSignal): Promise<void> {
    this.planes = planes;
    planes.setMarks(this.peaks.map((slice) => ({ slice, share: this.task.sliceUncertainty?.[slice] ?? 0 })));
    if (this.state !== "loading") return;
    try {
      const bytes = new Uint8Array(HEADER + grid.voxels);
      const response = await send("GET", taskPath(this.task.id, "/uncertainty"), { signal });
      await streamed("uncertainty", response, bytes.length, (piece, from) => bytes.set(piece, from));
      const veil = new HeatVeil(valuesOf(bytes, grid.sizes), this.display);
      planes.addVeil(veil);
      planes.probes.push((index) => (this.display.heat ? text("viewing.unsure", { share: Math.round(veil.values[grid.offset(...index)]! / 2.55) }) : ""));
      this.state = "there";
      this.onmap(veil.values);
    } catch (failure) {
      if (isAbort(failure)) return;
      this.state = "failed";
      notice(messageOf(failure), { error: true, title: text("heat.failed-title") });
    }
    this.say();
  }

  show(shown: boolean): void {
    if (this.display.heat === shown) return;
    this.display.heat = shown;
    this.legend.hidden = !shown;
    this.say();
    this.planes?.redraw();
  }

  private say(): void {
    this.sentence.textContent = this.legend.hidden ? "" : text(`heat.${this.state}`);
    this.legend.dataset.map = this.state;
  }
}
