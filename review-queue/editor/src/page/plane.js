// One plane on one canvas: grey image, proposal, cross and letters. Knows no server and no verdicts.

import { h } from "./dom.ts";

const LINE = 1.4;
const SELECTED_LINE = 2.6;

/**
 * Draws a plane of a case. The image is scaled by millimetres, so voxels that are not square look as they are:
 * at zoom 1 the plane fills the canvas in one direction and is centred in the other.
 */
export class PlaneView {
  constructor(scene, plane, { main = false, onmove, onwindow, onscroll, onselect }) {
    this.scene = scene;
    this.plane = plane;
    this.main = main;
    this.zoom = 1;
    this.pan = [0, 0];
    this.callbacks = { onmove, onwindow, onscroll, onselect };
    this.grey = offscreen(plane.width, plane.height);
    this.fill = offscreen(plane.width, plane.height);
    this.heat = offscreen(plane.width, plane.height);
    this.heatPixels = new ImageData(plane.width, plane.height);
    this.greyPixels = new ImageData(plane.width, plane.height);
    this.fillPixels = new ImageData(plane.width, plane.height);
    this.labelSlice = new Uint16Array(plane.width * plane.height);
    this.canvas = h("canvas", { class: "plane-canvas", "data-plane": plane.name.toLowerCase(), "aria-hidden": "true" });
    this.caption = h("div", { class: "plane-caption" });
    this.readout = h("div", { class: "plane-readout" });
    this.letterBoxes = Object.fromEntries(
      ["top", "bottom", "left", "right"].map((edge) => [edge, h("span", { class: "letter letter-" + edge, "data-edge": edge })]),
    );
    this.element = h("div", { class: "plane" + (main ? " plane-main" : " plane-small") }, this.canvas, Object.values(this.letterBoxes), this.caption, this.readout);
    for (const [edge, text] of Object.entries(plane.letters())) this.letterBoxes[edge].textContent = text;
    this.stale = { grey: true, labels: true, heat: true };
    this.listen();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.canvas);
  }

  dispose() {
    this.observer.disconnect();
  }

  get slice() {
    return this.scene.index[this.plane.fixed];
  }

  /** Marks what has to be computed again; a slice that changed makes all of it stale. */
  invalidate({ grey = false, labels = false, heat = false }) {
    this.stale.grey ||= grey;
    this.stale.labels ||= labels;
    this.stale.heat ||= heat;
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    const height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.draw();
    }
  }

  reset() {
    this.zoom = 1;
    this.pan = [0, 0];
  }

  /** Canvas pixels per voxel in both directions, and where the plane's upper left corner is. */
  placement() {
    const { width, height } = this.canvas;
    const { plane } = this;
    const perMm = Math.min(width / plane.widthMm, height / plane.heightMm) * this.zoom;
    const scaleX = (plane.widthMm / plane.width) * perMm;
    const scaleY = (plane.heightMm / plane.height) * perMm;
    return {
      scaleX,
      scaleY,
      left: width / 2 + this.pan[0] - (plane.width * scaleX) / 2,
      top: height / 2 + this.pan[1] - (plane.height * scaleY) / 2,
    };
  }

  draw() {
    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#000";
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    if (!this.scene.voxels) return;
    if (this.drawnSlice !== this.slice) this.invalidate({ grey: true, labels: true, heat: true });
    this.drawnSlice = this.slice;
    if (this.stale.grey) this.renderGrey();
    if (this.stale.labels) this.renderLabels();
    const hot = this.scene.display.heat && this.scene.uncertainty !== null;
    if (hot && this.stale.heat) this.renderHeat();
    this.stale = { grey: false, labels: false, heat: this.stale.heat && !hot };
    const place = this.placement();
    const box = [place.left, place.top, this.plane.width * place.scaleX, this.plane.height * place.scaleY];
    context.imageSmoothingEnabled = true;
    // Bilinear: the better-looking kernels overshoot, and a dark rim that is not there looks like a finding.
    context.imageSmoothingQuality = "low";
    context.drawImage(this.grey, ...box);
    if (hot) this.drawHeat(context, box);
    if (this.scene.labels && !this.scene.display.hidden) this.drawLabels(context, place, box, !hot);
    this.drawCross(context, place);
    this.scene.pen?.draw(this, context, place);
    this.canvas.dataset.slice = this.slice;
    this.caption.textContent = this.plane.name + "  " + (this.slice + 1) + (this.main ? " / " + this.plane.count : "");
  }

  renderGrey() {
    const { voxels, table } = this.scene;
    const pixels = new Uint32Array(this.greyPixels.data.buffer);
    this.plane.extract(this.slice, (target, source) => {
      const grey = table[voxels[source] + 32768];
      pixels[target] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
    });
    this.grey.getContext("2d").putImageData(this.greyPixels, 0, 0);
  }

  renderLabels() {
    const { labels, display } = this.scene;
    if (!labels) return;
    const slice = this.labelSlice;
    const pixels = new Uint32Array(this.fillPixels.data.buffer);
    this.plane.extract(this.slice, (target, source) => {
      const label = labels[source];
      slice[target] = label;
      pixels[target] = label === 0 ? 0 : display.fillOf(label);
    });
    this.fill.getContext("2d").putImageData(this.fillPixels, 0, 0);
    this.outlines = outlines(slice, this.plane.width, this.plane.height);
  }

  renderHeat() {
    const { uncertainty, heat } = this.scene;
    const pixels = new Uint32Array(this.heatPixels.data.buffer);
    this.plane.extract(this.slice, (target, source) => (pixels[target] = heat[uncertainty[source]]));
    this.heat.getContext("2d").putImageData(this.heatPixels, 0, 0);
  }

  // Voxel by voxel: what lies between two values was not said by the model.
  drawHeat(context, box) {
    context.imageSmoothingEnabled = false;
    context.drawImage(this.heat, ...box);
  }

  drawLabels(context, place, box, fill) {
    const { display } = this.scene;
    if (display.filled && fill) {
      context.imageSmoothingEnabled = false;
      context.globalAlpha = display.opacity;
      context.drawImage(this.fill, ...box);
      context.globalAlpha = 1;
    }
    const ratio = window.devicePixelRatio || 1;
    const transform = new DOMMatrix([place.scaleX, 0, 0, place.scaleY, place.left, place.top]);
    for (const [label, outline] of this.outlines) {
      const style = display.styleOf(label);
      if (!style || style.hidden) continue;
      const selected = label === display.selected;
      const path = new Path2D();
      path.addPath(outline, transform);
      context.strokeStyle = style.colour;
      context.lineWidth = (selected ? SELECTED_LINE : LINE) * ratio;
      context.lineJoin = "round";
      context.setLineDash(style.dash.map((length) => length * ratio));
      context.globalAlpha = display.filled && fill && !selected ? 0.75 : 1;
      context.stroke(path);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  drawCross(context, place) {
    if (!this.scene.display.cross) return;
    const [u, v] = this.plane.placeOf(this.scene.index);
    const x = Math.round(place.left + u * place.scaleX) + 0.5;
    const y = Math.round(place.top + v * place.scaleY) + 0.5;
    const gap = this.main ? 14 : 6;
    context.strokeStyle = "rgba(233, 236, 239, 0.34)";
    context.lineWidth = 1;
    context.beginPath();
    for (const [fromX, fromY, toX, toY] of [[0, y, x - gap, y], [x + gap, y, this.canvas.width, y], [x, 0, x, y - gap], [x, y + gap, x, this.canvas.height]]) {
      context.moveTo(fromX, fromY);
      context.lineTo(toX, toY);
    }
    context.stroke();
  }

  /** Where on the plane a pointer is, in voxels from its upper left corner. */
  placeAt(event) {
    const rectangle = this.canvas.getBoundingClientRect();
    const place = this.placement();
    const x = ((event.clientX - rectangle.left) * this.canvas.width) / rectangle.width;
    const y = ((event.clientY - rectangle.top) * this.canvas.height) / rectangle.height;
    return [(x - place.left) / place.scaleX, (y - place.top) / place.scaleY];
  }

  /** The voxel under a pointer, or null. */
  indexAt(event) {
    return this.plane.indexAt(this.placeAt(event), this.slice);
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("pointerdown", (event) => this.grab(event));
    canvas.addEventListener("pointermove", (event) => this.hover(event));
    canvas.addEventListener("pointerleave", () => {
      this.readout.textContent = "";
      this.scene.pen?.leave();
    });
    canvas.addEventListener("pointerup", (event) => this.scene.pen?.lift(this, event));
    canvas.addEventListener("pointercancel", () => this.scene.pen?.cancel());
    canvas.addEventListener("dblclick", () => !this.scene.pen?.active && (this.main ? (this.reset(), this.draw()) : this.callbacks.onselect?.(this)));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  grab(event) {
    const panning = event.button === 2 || event.button === 1 || event.shiftKey;
    if (!panning && event.button === 0 && this.scene.pen?.press(this, event)) {
      this.canvas.setPointerCapture(event.pointerId);
      return;
    }
    this.drag = { x: event.clientX, y: event.clientY, moved: 0, panning, left: event.button === 0 };
    this.canvas.setPointerCapture(event.pointerId);
    const release = () => {
      if (this.drag && this.drag.left && !this.drag.panning && this.drag.moved < 4) this.pick(event);
      this.drag = null;
      this.canvas.removeEventListener("pointerup", release);
      this.canvas.removeEventListener("pointercancel", release);
    };
    this.canvas.addEventListener("pointerup", release);
    this.canvas.addEventListener("pointercancel", release);
  }

  pick(event) {
    const index = this.indexAt(event);
    if (index) this.callbacks.onmove(index);
  }

  hover(event) {
    if (!this.drag) this.scene.pen?.move(this, event);
    if (this.drag) {
      const dx = event.clientX - this.drag.x;
      const dy = event.clientY - this.drag.y;
      this.drag.moved += Math.abs(dx) + Math.abs(dy);
      this.drag.x = event.clientX;
      this.drag.y = event.clientY;
      if (this.drag.panning) {
        const ratio = window.devicePixelRatio || 1;
        this.pan = [this.pan[0] + dx * ratio, this.pan[1] + dy * ratio];
        this.draw();
      } else if (this.drag.moved >= 4) {
        this.callbacks.onwindow(dx, dy);
      }
      return;
    }
    const index = this.indexAt(event);
    this.readout.textContent = index ? this.scene.describe(index) : "";
  }

  wheel(event) {
    event.preventDefault();
    if (event.shiftKey && this.scene.pen?.wheel(event)) return;
    if (event.ctrlKey) {
      this.zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15);
      return;
    }
    // A wheel notch is one slice; a touch pad's small steps add up to one.
    this.wheeled = (this.wheeled ?? 0) + (event.deltaMode === 0 ? event.deltaY : event.deltaY * 60);
    const steps = Math.trunc(this.wheeled / 60) || (Math.abs(event.deltaY) >= 60 ? Math.sign(event.deltaY) : 0);
    if (steps !== 0) {
      this.wheeled = 0;
      this.callbacks.onscroll(this, -Math.sign(steps));
    }
  }

  zoomBy(factor) {
    const next = Math.min(16, Math.max(0.5, this.zoom * factor));
    this.pan = this.pan.map((offset) => (offset * next) / this.zoom);
    this.zoom = next;
    this.draw();
  }
}

/** Per label a path along its voxel edges, in voxels from the upper left corner; straight runs are one line. */
export function outlines(slice, width, height, newPath = () => new Path2D()) {
  const paths = new Map();
  const pathOf = (label) => {
    let path = paths.get(label);
    if (!path) paths.set(label, (path = newPath()));
    return path;
  };
  const at = (x, y) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : slice[y * width + x]);
  const scan = (outer, inner, pair, line) => {
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

function offscreen(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
