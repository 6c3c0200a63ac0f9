// The three linked planes of one case: one large, two small, one position, one window.

import { h, replace } from "./dom.ts";
import { Plane } from "../core/plane.ts";
import { PlaneView } from "./plane.js";
import { dragged, greys } from "./window-level.js";

export class Planes {
  /** @param {any} config what the planes show and whom they tell */
  constructor(grid, display, config) {
    const { modality, scale, onwindow, onslice } = config;
    this.grid = grid;
    this.scale = scale;
    this.onwindow = onwindow;
    this.onslice = onslice;
    this.scene = {
      grid,
      display,
      voxels: null,
      labels: null,
      uncertainty: null,
      heat: null,
      pen: null,
      table: new Uint8ClampedArray(65536),
      index: grid.sizes.map((size) => Math.floor(size / 2)),
      describe: (index) => this.describe(index, modality),
    };
    this.order = Plane.threeOf(grid);
    this.element = h("div", { class: "planes" });
    this.slider = h("input", {
      type: "range",
      class: "slice-slider",
      "aria-label": "Slice",
      min: 0,
      step: 1,
      oninput: () => this.fromSlider(),
    });
    this.markBox = h("div", { class: "slice-marks", "aria-hidden": "true" });
    this.rail = h("div", { class: "slice-rail" }, this.slider, this.markBox);
    this.marks = [];
    this.build();
  }

  build() {
    this.views?.forEach((view) => view.dispose());
    this.views = this.order.map(
      (plane, at) =>
        new PlaneView(this.scene, plane, {
          main: at === 0,
          onmove: (index) => this.moveTo(index),
          onwindow: (dx, dy) => this.setWindow(dragged(this.window, dx, dy, this.scale)),
          onscroll: (view, up) => this.step(up, view.plane),
          onselect: (view) => this.makeMain(view.plane),
        }),
    );
    const [main, ...small] = this.views;
    this.viewer = h("div", { class: "viewer", id: "viewer", tabindex: "0", role: "application", "aria-roledescription": "image viewer" }, main.element, this.rail);
    replace(this.element, this.viewer, h("div", { class: "planes-small" }, small.map((view) => view.element)));
    this.slider.max = this.main.count - 1;
    this.showMarks();
    this.redraw();
  }

  get main() {
    return this.order[0];
  }

  dispose() {
    this.views.forEach((view) => view.dispose());
    cancelAnimationFrame(this.frame);
  }

  /** The other plane becomes the large one. */
  makeMain(plane) {
    const hadFocus = this.viewer.contains(document.activeElement);
    this.order = [plane, ...this.order.filter((other) => other !== plane)];
    this.build();
    if (hadFocus) this.viewer.focus();
  }

  nextMain() {
    this.makeMain(this.order[1]);
  }

  setVoxels(voxels) {
    this.scene.voxels = voxels;
    this.redraw({ grey: true });
  }

  setLabels(labels) {
    this.scene.labels = labels;
    this.redraw({ labels: true });
  }

  /** One byte per voxel, and the colour of each value. */
  setUncertainty(values, heat) {
    Object.assign(this.scene, { uncertainty: values, heat });
    this.redraw({ heat: true });
  }

  /** The slices, as they were sent, at which the reader should look: [{slice, share}]. */
  setMarks(marks) {
    this.marks = marks;
    this.showMarks();
    this.redraw();
  }

  // Marks are of slices as they were sent; another plane has others.
  showMarks() {
    const { main } = this;
    const shown = main.fixed === 2 ? this.marks : [];
    replace(
      this.markBox,
      shown.map(({ slice, share }) => {
        const part = (main.upStep > 0 ? slice : main.count - 1 - slice) / Math.max(1, main.count - 1);
        return h("span", { class: "slice-mark", "data-slice": slice, title: "Slice " + (slice + 1) + ": unsure " + Math.round(100 * share) + " %", style: { "--part": part } });
      }),
    );
  }

  /** Whether a slice index that grows goes up (1) or down (-1) where slices lie as they were sent. */
  get sliceStep() {
    return this.order.find((plane) => plane.fixed === 2).upStep;
  }

  moveToSlice(slice) {
    const [column, row] = this.scene.index;
    this.moveTo([column, row, slice]);
  }

  setWindow(next) {
    this.window = next;
    greys(next, this.scale, this.scene.table);
    this.onwindow(next);
    this.redraw({ grey: true });
  }

  moveTo(index) {
    this.scene.index = index.map((value, axis) => Math.max(0, Math.min(this.grid.sizes[axis] - 1, Math.round(value))));
    this.redraw();
  }

  /** Moves towards the head, the front or the left for `up` above 0. */
  step(up, plane = this.main) {
    const index = [...this.scene.index];
    index[plane.fixed] += up * plane.upStep;
    this.moveTo(index);
  }

  /** To the uppermost slice for true, the lowest for false. */
  end(up) {
    this.step(up ? this.main.count : -this.main.count);
  }

  fit() {
    this.views.forEach((view) => view.reset());
    this.redraw();
  }

  zoomBy(factor) {
    this.views[0].zoomBy(factor);
  }

  redraw(stale = {}) {
    this.views.forEach((view) => view.invalidate(stale));
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.views.forEach((view) => view.draw());
      this.toSlider();
      this.onslice?.(this.main, this.scene.index[this.main.fixed]);
    });
  }

  // The slider's upper end is the plane's upper end.
  toSlider() {
    const at = this.scene.index[this.main.fixed];
    this.slider.value = this.main.upStep > 0 ? at : this.main.count - 1 - at;
    const marked = this.main.fixed === 2 && this.marks.some((mark) => mark.slice === at);
    this.slider.setAttribute("aria-valuetext", this.main.name + " slice " + (at + 1) + " of " + this.main.count + (marked ? ", marked as uncertain" : ""));
    this.viewer.setAttribute("aria-label", this.main.name + " slice " + (at + 1) + " of " + this.main.count);
  }

  fromSlider() {
    const value = Number(this.slider.value);
    const index = [...this.scene.index];
    index[this.main.fixed] = this.main.upStep > 0 ? value : this.main.count - 1 - value;
    this.moveTo(index);
  }

  describe(index, modality) {
    const at = this.grid.offset(...index);
    const [x, y, z] = this.grid.toPatient(index).map((mm) => mm.toFixed(1));
    const { slope, intercept } = this.scale;
    const rescaled = this.scene.voxels ? this.scene.voxels[at] * slope + intercept : NaN;
    const value = Number.isInteger(rescaled) ? rescaled : rescaled.toPrecision(4);
    const label = this.scene.labels?.[at] ?? 0;
    const name = label ? "  ·  " + (this.scene.display.styleOf(label)?.label ?? "label " + label) : "";
    const { uncertainty, display } = this.scene;
    const unsure = display.heat && uncertainty ? "  ·  unsure " + Math.round(uncertainty[at] / 2.55) + " %" : "";
    return "L " + x + "  P " + y + "  S " + z + " mm  ·  " + value + (modality === "CT" ? " HU" : "") + name + unsure;
  }
}
