// The three linked planes of one case: one large, two small, one position, one window.

import type { Box } from "../core/box.ts";
import type { Axis, Grid, Triple } from "../core/grid.ts";
import type { LabelArray } from "../core/labels.ts";
import { nearestVoxel } from "../core/linked.ts";
import { Plane } from "../core/plane.ts";
import { WHOLE, fitted } from "../core/view.ts";
import { text } from "../texts/texts.ts";
import { h, replace } from "./dom.ts";
import { Grey } from "./grey.ts";
import type { OverlayStyle } from "./overlay-style.ts";
import { Cross, Rulers } from "./plane-layers.ts";
import { PlaneView } from "./plane.ts";
import type { Hand, Layer, Scene, Stale, Veil } from "./scene.ts";
import { type Scale, type Window, dragged } from "./window-level.ts";

/** A slice, as it was sent, at which the reader should look. */
export interface Mark {
  readonly slice: number;
  readonly share: number;
}

export interface PlanesConfig {
  readonly modality: string | null;
  readonly scale: Scale;
  readonly onwindow: (window: Window) => void;
  readonly onslice?: (plane: Plane, slice: number) => void;
}

/** Words about a voxel, or none. */
export type Probe = (index: Triple) => string;

export class Planes {
  readonly grid: Grid;
  readonly scene: Scene;
  readonly element = h("div", { class: "planes" });
  /** What the line under the pointer says after place, value and segment. */
  readonly probes: Probe[] = [];
  viewer: HTMLElement = this.element;
  window: Window = { name: "", level: 0, width: 1 };
  private readonly config: PlanesConfig;
  private readonly grey: Grey;
  private readonly slider: HTMLInputElement;
  private readonly markBox = h("div", { class: "slice-marks", "aria-hidden": "true" });
  private readonly rail: HTMLElement;
  private order: readonly Plane[];
  private views: readonly PlaneView[] = [];
  private marks: readonly Mark[] = [];
  private frame = 0;

  constructor(grid: Grid, display: OverlayStyle, config: PlanesConfig) {
    this.grid = grid;
    this.config = config;
    this.grey = new Grey(config.scale);
    this.scene = { grid, display, layers: [], hands: [], veils: [], image: null, labels: null, index: middleOf(grid), describe: (index) => this.describe(index) };
    this.scene.layers.push(new Cross(this.scene), new Rulers());
    this.order = Plane.threeOf(grid);
    this.slider = h("input", { type: "range", class: "slice-slider", "aria-label": text("viewing.slice"), min: 0, step: 1, oninput: () => this.fromSlider() });
    this.rail = h("div", { class: "slice-rail" }, this.slider, this.markBox);
    this.build();
  }

  private build(): void {
    const kept = new Map(this.views.map((view) => [view.plane, view.view]));
    this.views.forEach((view) => view.dispose());
    this.views = this.order.map((plane, at) => {
      const view = new PlaneView(this.scene, plane, {
        main: at === 0,
        onmove: (index) => this.moveTo(index),
        onwindow: (dx, dy) => this.setWindow(dragged(this.window, dx, dy, this.config.scale)),
        onscroll: (view, up) => this.step(up, view.plane),
        onselect: (view) => this.makeMain(view.plane),
        onview: () => {},
      });
      view.view = kept.get(plane) ?? WHOLE;
      return view;
    });
    const [main, ...small] = this.views;
    this.viewer = h("div", { class: "viewer", id: "viewer", tabindex: "0", role: "application", "aria-roledescription": text("viewing.viewer") }, main!.element, this.rail);
    replace(this.element, this.viewer, h("div", { class: "planes-small" }, small.map((view) => view.element)));
    this.slider.max = String(this.main.count - 1);
    this.showMarks();
    this.redraw();
  }

  get main(): Plane {
    return this.order[0]!;
  }

  dispose(): void {
    this.views.forEach((view) => view.dispose());
    cancelAnimationFrame(this.frame);
  }

  /** Drawn over all planes from now on. */
  addLayer(layer: Layer): void {
    this.scene.layers.push(layer);
    this.redraw();
  }

  /** Asked first when the pointer is pressed; the one that came last before the others. */
  addHand(hand: Hand): void {
    this.scene.hands.unshift(hand);
  }

  addVeil(veil: Veil): void {
    this.scene.veils.push(veil);
    this.redraw({ veils: true });
  }

  /** The other plane becomes the large one. */
  makeMain(plane: Plane): void {
    const hadFocus = this.viewer.contains(document.activeElement);
    this.order = [plane, ...this.order.filter((other) => other !== plane)];
    this.build();
    if (hadFocus) this.viewer.focus();
  }

  nextMain(): void {
    this.makeMain(this.order[1]!);
  }

  setVoxels(voxels: Int16Array): void {
    this.grey.voxels = voxels;
    this.scene.image = this.grey;
    this.redraw({ grey: true });
  }

  setLabels(labels: LabelArray): void {
    this.scene.labels = labels;
    this.redraw({ labels: true });
  }

  setMarks(marks: readonly Mark[]): void {
    this.marks = marks;
    this.showMarks();
    this.redraw();
  }

  // Marks are of slices as they were sent; another plane has others.
  private showMarks(): void {
    const { main } = this;
    const shown = main.fixed === 2 ? this.marks : [];
    replace(
      this.markBox,
      shown.map(({ slice, share }) => {
        const part = (main.upStep > 0 ? slice : main.count - 1 - slice) / Math.max(1, main.count - 1);
        const title = text("viewing.slice-mark", { slice: slice + 1, share: Math.round(100 * share) });
        return h("span", { class: "slice-mark", "data-slice": slice, title, style: { "--part": part } });
      }),
    );
  }

  /** Whether a slice index that grows goes up (1) or down (-1) where slices lie as they were sent. */
  get sliceStep(): number {
    return this.order.find((plane) => plane.fixed === 2)!.upStep;
  }

  moveToSlice(slice: number): void {
    const [column, row] = this.scene.index;
    this.moveTo([column, row, slice]);
  }

  setWindow(next: Window): void {
    this.window = next;
    this.grey.setWindow(next);
    this.config.onwindow(next);
    this.redraw({ grey: true });
  }

  moveTo(index: Triple): void {
    this.scene.index = nearestVoxel(this.grid, index);
    this.redraw();
  }

  /** Moves towards the head, the front or the left for `up` above 0. */
  step(up: number, plane = this.main): void {
    this.moveAlong(plane.fixed, this.scene.index[plane.fixed] + up * plane.upStep);
  }

  private moveAlong(axis: Axis, to: number): void {
    const index: [number, number, number] = [...this.scene.index];
    index[axis] = to;
    this.moveTo(index);
  }

  /** To the uppermost slice for true, the lowest for false. */
  end(up: boolean): void {
    this.step(up ? this.main.count : -this.main.count);
  }

  /** All of the image on every plane. */
  fit(): void {
    this.views.forEach((view) => view.show(WHOLE));
    this.redraw();
  }

  /** A box of voxels in the middle of every plane, as large as it goes. */
  fitTo(box: Box): void {
    this.views.forEach((view) => view.show(fitted(view.plane, view.extent, box)));
    this.redraw();
  }

  zoomBy(factor: number): void {
    this.views[0]!.zoomBy(factor);
  }

  redraw(stale: Stale = {}): void {
    this.views.forEach((view) => view.invalidate(stale));
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.views.forEach((view) => view.draw());
      this.toSlider();
      this.config.onslice?.(this.main, this.scene.index[this.main.fixed]);
    });
  }

  // The slider's upper end is the plane's upper end.
  private toSlider(): void {
    const { main } = this;
    const at = this.scene.index[main.fixed];
    this.slider.value = String(main.upStep > 0 ? at : main.count - 1 - at);
    const slice = text("viewing.slice-of", { plane: text(`plane.${main.name}`), slice: at + 1, count: main.count });
    const marked = main.fixed === 2 && this.marks.some((mark) => mark.slice === at);
    this.slider.setAttribute("aria-valuetext", marked ? text("viewing.slice-uncertain", { slice }) : slice);
    this.viewer.setAttribute("aria-label", slice);
  }

  private fromSlider(): void {
    const value = Number(this.slider.value);
    this.moveAlong(this.main.fixed, this.main.upStep > 0 ? value : this.main.count - 1 - value);
  }

  private describe(index: Triple): string {
    const at = this.grid.offset(...index);
    const [x, y, z] = this.grid.toPatient(index).map((mm) => mm.toFixed(1));
    const label = this.scene.labels?.[at] ?? 0;
    const name = label ? (this.scene.display.styleOf(label)?.label ?? text("viewing.label", { number: label })) : "";
    const value = this.grey.valueAt(at) + (this.config.modality === "CT" ? " HU" : "");
    return ["L " + x + "  P " + y + "  H " + z + " mm", value, name, ...this.probes.map((probe) => probe(index))].filter(Boolean).join("  ·  ");
  }
}

const middleOf = ({ sizes }: Grid): Triple => [sizes[0] >> 1, sizes[1] >> 1, sizes[2] >> 1];
